package dev.sheaf.client;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A result that is held whole.
///
/// Values are those of JSON: `Boolean`, whole numbers, `Double` or `BigDecimal`, `String`, `List`,
/// `Map`, or null.
///
/// @param rows each as long as `columns`
/// @param truncated whether the statement had more rows than were asked for
/// @param regions what other regions have contributed; absent when none was asked
/// @param cached whether it is the result of an earlier statement; absent when it is not
public record ResultTable(
        List<Column> columns,
        List<List<@Nullable Object>> rows,
        long rowCount,
        boolean truncated,
        Optional<List<QueryRegion>> regions,
        Optional<Boolean> cached) {
    public ResultTable {
        regions = regions.map(List::copyOf);
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
        rows = Collections.unmodifiableList(copy);
    }

    /// A result of one region.
    public ResultTable(
            List<Column> columns,
            List<List<@Nullable Object>> rows,
            long rowCount,
            boolean truncated) {
        this(columns, rows, rowCount, truncated, Optional.empty(), Optional.empty());
    }

    /// @param type as DuckDB names it, for example `DECIMAL(10,2)`
    public record Column(String name, String type) {}
}
