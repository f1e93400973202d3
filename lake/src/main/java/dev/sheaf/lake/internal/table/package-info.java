/// Contracts as Iceberg schemas, Parquet written by DuckDB, commits and plans by iceberg-core.
///
/// It opens no store itself and does not decide which rows are written.
@NullMarked
package dev.sheaf.lake.internal.table;

import org.jspecify.annotations.NullMarked;
