/// From what a domain team has (files, folders, objects; CSV, JSON, Parquet; packed, in any
/// encoding) to a SQL relation of raw values, and back from a row to its place in the file.
///
/// Nothing is dropped here: a record that cannot be read as one is handed over as [Malformed]. It
/// knows nothing of quality, releases or the ledger.
@NullMarked
package dev.sheaf.product.ingest;

import org.jspecify.annotations.NullMarked;
