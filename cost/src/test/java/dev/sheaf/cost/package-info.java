/// Tests of prices and of what was used.
@NullMarked
package dev.sheaf.cost;

import org.jspecify.annotations.NullMarked;
