package dev.sheaf.bench.query;

import dev.sheaf.query.QueryRun;

import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Rows as texts, so that answers of different ways can be compared.
final class Answers {
    private static final int DIGITS = 9;

    private Answers() {}

    /// Of DuckDB in this process.
    static List<String> bare(Connection bare, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = bare.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>(width);
                for (int i = 1; i <= width; i++) {
                    values.add(shown(result.getObject(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    /// Of a statement that is executed; all of its rows.
    static List<String> of(QueryRun run) {
        List<String> rows = new ArrayList<>();
        while (run.next()) {
            for (int row = 0; row < run.batch().getRowCount(); row++) {
                List<String> values = new ArrayList<>();
                for (FieldVector vector : run.batch().getFieldVectors()) {
                    Object value = vector.getObject(row);
                    boolean isDate = vector instanceof DateDayVector && value instanceof Integer;
                    values.add(
                            isDate
                                    ? LocalDate.ofEpochDay((Integer) value).toString()
                                    : shown(value));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    /// Sums of doubles depend on the order of their parts, hence nine digits.
    private static String shown(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Double number ->
                    new BigDecimal(number)
                            .round(new MathContext(DIGITS))
                            .stripTrailingZeros()
                            .toPlainString();
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }

    /// Where two answers differ first.
    static String difference(List<String> expected, List<String> answer) {
        for (int i = 0; i < Math.min(expected.size(), answer.size()); i++) {
            if (!expected.get(i).equals(answer.get(i))) {
                return "row " + i + ": " + expected.get(i) + " / " + answer.get(i);
            }
        }
        return expected.size() + " rows / " + answer.size() + " rows";
    }
}
