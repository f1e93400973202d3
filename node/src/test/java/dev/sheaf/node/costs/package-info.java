/// Tests of metering and budgets.
@NullMarked
package dev.sheaf.node.costs;

import org.jspecify.annotations.NullMarked;
