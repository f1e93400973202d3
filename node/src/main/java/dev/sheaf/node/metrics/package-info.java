/// What the node counts and times, for Prometheus.
///
/// Labels are routes, outcomes and names of pools; never subjects, SQL or values of rows.
@NullMarked
package dev.sheaf.node.metrics;

import org.jspecify.annotations.NullMarked;
