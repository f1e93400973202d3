package dev.sheaf.query;

import org.apache.arrow.vector.FieldVector;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Small results as text.
final class Results {
    private Results() {}

    /// Rows, each its values joined by `|`.
    static List<String> rows(QueryRun run) {
        List<String> rows = new ArrayList<>();
        while (run.next()) {
            for (int row = 0; row < run.batch().getRowCount(); row++) {
                List<String> values = new ArrayList<>();
                for (FieldVector vector : run.batch().getFieldVectors()) {
                    Object value = vector.getObject(row);
                    values.add(
                            value instanceof byte[] bytes
                                    ? HexFormat.of().formatHex(bytes)
                                    : String.valueOf(value));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
