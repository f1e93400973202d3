package dev.sheaf.cli.policy;

import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.rego.test.Coverage;

import java.util.Optional;
import java.util.SortedSet;

/// Which lines tests reach, for people.
final class CoverageText {
    private static final double PERCENT = 100;

    private final Terminal terminal;

    CoverageText(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param threshold in percent
    void print(Coverage coverage, Optional<Double> threshold) {
        Table table =
                Table.of(
                        Table.Column.text("file"),
                        Table.Column.number("reached"),
                        Table.Column.number("share"),
                        Table.Column.text("missed lines"));
        coverage.files()
                .forEach((name, file) -> {
                    int covered = file.covered().size();
                    int all = covered + file.missed().size();
                    table.row(
                            Cell.of(name),
                            Cell.of(covered + " of " + all),
                            Cell.of(Shown.percent(file.share())),
                            Cell.of(ranges(file.missed())));
                });
        terminal.out().println();
        table.print(terminal);
        String below =
                threshold
                        .filter(wanted -> coverage.share() * PERCENT < wanted)
                        .map(wanted -> ", below the threshold of " + wanted + " %")
                        .orElse("");
        terminal.out().println("coverage " + Shown.percent(coverage.share()) + below);
    }

    /// `3, 7-9`
    static String ranges(SortedSet<Integer> lines) {
        StringBuilder text = new StringBuilder();
        int first = 0;
        int last = 0;
        for (int line : lines) {
            if (first == 0) {
                first = line;
            } else if (line != last + 1) {
                append(text, first, last);
                first = line;
            }
            last = line;
        }
        if (first != 0) {
            append(text, first, last);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int first, int last) {
        if (!text.isEmpty()) {
            text.append(", ");
        }
        text.append(first);
        if (last > first) {
            text.append('-').append(last);
        }
    }
}
