/// The example's questions, answered from the raw files by plain DuckDB.
@NullMarked
package dev.sheaf.product.example;

import org.jspecify.annotations.NullMarked;
