/// Tests.
@NullMarked
package dev.sheaf.governance.audit;

import org.jspecify.annotations.NullMarked;
