/// Measurements of search over the catalog.
@NullMarked
package dev.sheaf.bench.search;

import org.jspecify.annotations.NullMarked;
