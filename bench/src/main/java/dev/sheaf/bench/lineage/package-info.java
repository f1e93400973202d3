/// Measurements of lineage: events in, and what a change touches.
@NullMarked
package dev.sheaf.bench.lineage;

import org.jspecify.annotations.NullMarked;
