/// What it costs to move and to keep data: prices, what was used, budgets. Pure.
@NullMarked
package dev.sheaf.cost;

import org.jspecify.annotations.NullMarked;
