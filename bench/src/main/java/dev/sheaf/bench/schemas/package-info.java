/// Measurements of the schema registry.
@NullMarked
package dev.sheaf.bench.schemas;

import org.jspecify.annotations.NullMarked;
