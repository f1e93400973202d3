/// Tests.
@NullMarked
package dev.sheaf.governance.classify;

import org.jspecify.annotations.NullMarked;
