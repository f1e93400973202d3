/// What governing costs: the same questions to the same Parquet files, once asked of bare DuckDB
/// and once through the query service.
@NullMarked
package dev.sheaf.bench.query;

import org.jspecify.annotations.NullMarked;
