/// Measurements of the lake: planning, and reading remote files by ranges.
@NullMarked
package dev.sheaf.bench.lake;

import org.jspecify.annotations.NullMarked;
