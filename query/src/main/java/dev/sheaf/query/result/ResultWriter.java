package dev.sheaf.query.result;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.query.QueryPart;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Writes a result to the end, without closing either.
///
/// When the query fails in the middle, its problem is thrown and what was written is not a complete
/// document of its format: whoever sends it must break the connection off, so that nobody takes the
/// part for the whole.
public interface ResultWriter {
    /// @return the number of rows
    /// @throws IOException when the output fails
    /// @throws dev.sheaf.kernel.Problem when the query fails
    long write(ArrowResult result, OutputStream out) throws IOException;

    /// The writer of a format.
    ///
    /// @param truncated asked after the last row: whether rows were left out
    /// @throws IllegalArgumentException for PARQUET, which no writer writes
    static ResultWriter of(ResultFormat format, BooleanSupplier truncated) {
        return of(format, truncated, List::of);
    }

    /// @param parts asked after the last row: what other regions have contributed
    static ResultWriter of(
            ResultFormat format, BooleanSupplier truncated, Supplier<List<QueryPart>> parts) {
        return of(format, truncated, parts, false);
    }

    /// @param isCached whether it is the result of an earlier statement
    static ResultWriter of(
            ResultFormat format,
            BooleanSupplier truncated,
            Supplier<List<QueryPart>> parts,
            boolean isCached) {
        return switch (format) {
            case JSON -> new JsonResult(truncated, parts, isCached);
            case NDJSON -> new NdjsonResult();
            case CSV -> new CsvResult();
            case ARROW -> new ArrowStreamResult();
            case PARQUET ->
                    throw new IllegalArgumentException("Parquet is written by the query itself");
        };
    }
}
