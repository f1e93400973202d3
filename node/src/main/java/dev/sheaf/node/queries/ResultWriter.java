package dev.sheaf.node.queries;

import dev.sheaf.client.ResultFormat;
import dev.sheaf.engine.ArrowResult;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/// Writes a streamed result, batch by batch: the next one is asked for when the last one is with
/// the caller.
final class ResultWriter {
    private ResultWriter() {}

    /// The rows written.
    ///
    /// @param rowsMax rows after which it stops
    /// @param truncated asked at the end: whether the result itself left rows out
    static long write(
            ArrowResult result,
            ResultFormat format,
            OutputStream out,
            long rowsMax,
            BooleanSupplier truncated)
            throws IOException {
        RowEncoder encoder = encoder(format, out);
        encoder.begin(result.schema());
        long rows = 0;
        boolean cut = false;
        while (!cut && result.next()) {
            int count = result.batch().getRowCount();
            cut = rows + count > rowsMax;
            int taken = cut ? (int) (rowsMax - rows) : count;
            encoder.rows(result.batch(), taken);
            rows += taken;
        }
        encoder.end(rows, cut || truncated.getAsBoolean());
        return rows;
    }

    private static RowEncoder encoder(ResultFormat format, OutputStream out) {
        return switch (format) {
            case JSON -> new JsonRows(out);
            case NDJSON -> new NdjsonRows(out);
            case CSV -> new CsvRows(out);
            case ARROW -> new ArrowRows(out);
            case PARQUET -> throw new IllegalArgumentException("Parquet is written by the engine");
        };
    }
}
