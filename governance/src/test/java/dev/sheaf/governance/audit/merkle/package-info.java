/// Tests.
@NullMarked
package dev.sheaf.governance.audit.merkle;

import org.jspecify.annotations.NullMarked;
