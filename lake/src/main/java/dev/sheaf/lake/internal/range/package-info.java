/// The range cache: sparse local copies of remote Parquet files.
///
/// It decides which bytes are needed and fetches them; it reads no rows.
@NullMarked
package dev.sheaf.lake.internal.range;

import org.jspecify.annotations.NullMarked;
