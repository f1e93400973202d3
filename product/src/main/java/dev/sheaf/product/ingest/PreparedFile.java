package dev.sheaf.product.ingest;

import java.nio.file.Path;
import java.util.List;

/// An input file that DuckDB can read, and what was found out about it on the way.
///
/// @param relation a SELECT that yields its rows in file order, with the aliases of `columns`
/// @param columns in file order
/// @param records rows that the relation yields, plus those it rejects; counted without DuckDB
/// @param malformed records that were kept away from DuckDB
/// @param place how to get from a row back to the file
public record PreparedFile(
        InputFile input,
        String relation,
        List<RawColumn> columns,
        long records,
        long malformed,
        Place place) {
    public PreparedFile {
        columns = List.copyOf(columns);
    }

    /// Every record of the input.
    public long recordsIn() {
        return records + malformed;
    }

    /// How a row is found again.
    public sealed interface Place {
        /// @param rejectsTable where DuckDB notes records that it could not read; empty when it can
        ///   read them all
        record Lines(RecordLocator locator, String rejectsTable) implements Place {}

        record Parquet(Path path) implements Place {}
    }
}
