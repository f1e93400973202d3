package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// DuckDB's plan of a statement over this region's products, in DuckDB's two columns, with one row
/// before it that tells of each table what policy makes of it.
final class LocalExplain {
    private LocalExplain() {}

    /// The statement that yields it, of constants alone.
    static String sql(
            EngineSession session,
            ExplainPrefix prefix,
            String sql,
            List<GovernedTable> tables,
            RegionName here) {
        List<String> rows = new ArrayList<>();
        rows.add(
                row(
                        "tables",
                        tables.stream()
                                .map(table -> line(table.read(), here))
                                .collect(Collectors.joining("\n"))));
        for (List<@Nullable Object> row : session.query(prefix.explain() + sql).rows()) {
            rows.add(row(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
        }
        return "SELECT * FROM (VALUES "
                + String.join(", ", rows)
                + ") AS plan(explain_key, explain_value)";
    }

    private static String row(String key, String value) {
        return "(" + SqlTypes.text(key) + ", " + SqlTypes.text(value) + ")";
    }

    private static String line(TableRead read, RegionName here) {
        return read.product()
                + " release "
                + read.release()
                + " in "
                + here
                + ": local, nothing crosses a border"
                + (read.masked().isEmpty() ? "" : ", masked: " + String.join(", ", read.masked()))
                + (read.isFiltered() ? ", row filter" : "");
    }
}
