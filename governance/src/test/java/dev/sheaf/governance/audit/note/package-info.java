/// Tests.
@NullMarked
package dev.sheaf.governance.audit.note;

import org.jspecify.annotations.NullMarked;
