/// Tests.
@NullMarked
package dev.sheaf.governance.audit.store;

import org.jspecify.annotations.NullMarked;
