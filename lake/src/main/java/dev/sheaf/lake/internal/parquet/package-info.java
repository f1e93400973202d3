/// What must be known of a Parquet file's footer: where its column chunks lie and what they hold.
///
/// It reads no data pages; DuckDB does.
@NullMarked
package dev.sheaf.lake.internal.parquet;

import org.jspecify.annotations.NullMarked;
