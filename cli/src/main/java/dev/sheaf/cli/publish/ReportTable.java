package dev.sheaf.cli.publish;

import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A quality report as tables: what the rules of the release measured, and which rules rejected
/// rows.
///
/// A report is JSON of the node's; what a newer or older node does not send stays empty.
final class ReportTable {
    private static final int DECIMALS = 4;

    private ReportTable() {}

    /// One line for each quality rule.
    static Table rules(Map<String, Object> report) {
        Table table =
                Table.of(
                        Column.text("rule"),
                        Column.text("column"),
                        Column.number("measured"),
                        Column.text("expected"),
                        Column.text("outcome"),
                        Column.text("severity"));
        if (report.get("rules") instanceof List<?> rules) {
            for (Object rule : rules) {
                if (rule instanceof Map<?, ?> members) {
                    table.row(
                            text(members, "name"),
                            text(members, "column"),
                            number(members.get("measured")),
                            text(members, "expected"),
                            outcome(members),
                            text(members, "severity"));
                }
            }
        }
        return table;
    }

    /// One line for each rule that rejected rows.
    static Table violations(Map<String, Object> report) {
        Table table = Table.of(Column.text("rejected because of"), Column.number("rows"));
        if (report.get("violations") instanceof Map<?, ?> violations) {
            violations.forEach(
                    (rule, rows) -> table.row(Cell.of(String.valueOf(rule)), number(rows)));
        }
        return table;
    }

    /// One line for each column that looks personal.
    static Table proposals(Map<String, Object> report) {
        Table table =
                Table.of(
                        Column.text("column"),
                        Column.text("looks like"),
                        Column.number("confidence"),
                        Column.text("contract says"),
                        Column.text("evidence"));
        if (report.get("proposals") instanceof List<?> proposals) {
            for (Object proposal : proposals) {
                if (proposal instanceof Map<?, ?> members) {
                    table.row(
                            text(members, "path"),
                            text(members, "kind"),
                            confidence(members.get("confidence")),
                            decided(members.get("decided")),
                            Cell.of(evidence(members.get("evidence"))));
                }
            }
        }
        return table;
    }

    private static Cell confidence(@Nullable Object value) {
        return value instanceof Number number
                ? Cell.of(String.format(Locale.ROOT, "%.2f", number.doubleValue()))
                : new Cell.Text("");
    }

    private static Cell decided(@Nullable Object value) {
        String decided = value == null ? "" : String.valueOf(value);
        return decided.isEmpty() ? new Cell.Toned("nothing", Cell.Tone.WARNING) : Cell.of(decided);
    }

    private static String evidence(@Nullable Object value) {
        return value instanceof List<?> sentences
                ? sentences.stream().map(String::valueOf).collect(Collectors.joining("; "))
                : "";
    }

    private static Cell outcome(Map<?, ?> members) {
        String outcome = String.valueOf(members.get("outcome"));
        return switch (outcome) {
            case "passed" -> new Cell.Toned(outcome, Cell.Tone.GOOD);
            case "failed" -> new Cell.Toned(outcome, Cell.Tone.BAD);
            case "notRun" -> new Cell.Toned("not run", Cell.Tone.WARNING);
            default -> Cell.of(outcome);
        };
    }

    private static Cell text(Map<?, ?> members, String name) {
        Object value = members.get(name);
        return value == null ? new Cell.Text("") : Cell.of(value);
    }

    private static Cell number(@Nullable Object value) {
        return switch (value) {
            case null -> new Cell.Text("");
            case Integer whole -> Cell.of(Shown.count(whole));
            case Long whole -> Cell.of(Shown.count(whole));
            case Number number -> Cell.of(rounded(number));
            default -> Cell.of(value);
        };
    }

    private static String rounded(Number number) {
        BigDecimal decimal = new BigDecimal(number.toString());
        return decimal.scale() <= DECIMALS
                ? decimal.toPlainString()
                : decimal.setScale(DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
