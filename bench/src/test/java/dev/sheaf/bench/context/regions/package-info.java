/// Tests of what judges the three regions.
@NullMarked
package dev.sheaf.bench.context.regions;

import org.jspecify.annotations.NullMarked;
