/// Tests.
@NullMarked
package dev.sheaf.governance.mask;

import org.jspecify.annotations.NullMarked;
