/// What leaves the region, what it costs, and what domains allow to be spent: metering that
/// survives the process, budgets, and their answers.
@NullMarked
package dev.sheaf.node.costs;

import org.jspecify.annotations.NullMarked;
