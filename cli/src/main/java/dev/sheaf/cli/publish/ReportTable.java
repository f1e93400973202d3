package dev.sheaf.cli.publish;

import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;

import java.util.List;
import java.util.Map;

/// The rules of a quality report as a table.
final class ReportTable {
    private ReportTable() {}

    /// @param report as the node sends it; rules that lack a member leave its cell empty
    static Table of(Map<String, Object> report) {
        Table table =
                Table.of(
                        Column.text("rule"),
                        Column.text("verdict"),
                        Column.number("measured"),
                        Column.text("allowed"),
                        Column.text("severity"));
        if (report.get("rules") instanceof List<?> rules) {
            for (Object rule : rules) {
                if (rule instanceof Map<?, ?> members) {
                    table.row(
                            cell(members, "name"),
                            verdict(members),
                            cell(members, "measured"),
                            cell(members, "allowed"),
                            cell(members, "severity"));
                }
            }
        }
        return table;
    }

    private static Cell verdict(Map<?, ?> members) {
        return Boolean.TRUE.equals(members.get("passed"))
                ? new Cell.Toned("passed", Cell.Tone.GOOD)
                : new Cell.Toned("failed", Cell.Tone.BAD);
    }

    private static Cell cell(Map<?, ?> members, String name) {
        Object value = members.get(name);
        return value == null ? new Cell.Text("") : Cell.of(value);
    }
}
