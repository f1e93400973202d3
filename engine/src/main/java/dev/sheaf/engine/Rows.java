package dev.sheaf.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A small result, held whole.
///
/// Values are `Boolean`, `Long`, `BigInteger`, `BigDecimal`, `Double`, `String`, `List`, `Map`
/// (structs and maps, keys as text) or null. Dates, times and everything else are text in DuckDB's
/// own form (ISO 8601 with a space for timestamps).
///
/// @param columns names in result order, possibly repeated
/// @param rows each as long as `columns`
public record Rows(List<String> columns, List<List<@Nullable Object>> rows) {
    public Rows {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
        rows = Collections.unmodifiableList(copy);
    }

    /// The first column of the only row, as a whole number.
    ///
    /// @throws IllegalStateException when there is not exactly one row with a whole number
    public long onlyLong() {
        if (rows.size() == 1 && rows.getFirst().getFirst() instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("expected one number, got " + rows.size() + " rows");
    }
}
