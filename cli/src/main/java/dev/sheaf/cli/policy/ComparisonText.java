package dev.sheaf.cli.policy;

import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.PolicyAnswer;
import dev.sheaf.client.PolicyComparison;
import dev.sheaf.client.PolicyDifference;

/// What applying policies would change, for people.
final class ComparisonText {
    private final Terminal terminal;

    ComparisonText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(PolicyComparison comparison) {
        if (!comparison.differences().isEmpty()) {
            Table table =
                    Table.of(
                            Column.text("subject"),
                            Column.text("action"),
                            Column.text("resource"),
                            Column.text("purpose"),
                            Column.text("grants"),
                            Column.text("before"),
                            Column.text("after"),
                            Column.text("asked"));
            comparison.differences().forEach(each -> row(table, each));
            table.print(terminal);
        }
        terminal.out()
                .println(
                        Shown.count(comparison.differences().size())
                                + " of "
                                + Shown.count(comparison.questions(), "question")
                                + " would be answered differently"
                                + (comparison.truncated() ? "; there may be more." : ".")
                                + " Nothing has changed.");
    }

    private static void row(Table table, PolicyDifference each) {
        table.row(
                Cell.of(each.subject()),
                Cell.of(each.action()),
                Cell.of(each.resource()),
                Cell.of(each.purpose()),
                Cell.of(String.join(" ", each.grants())),
                answer(each.before()),
                answer(each.after()),
                Cell.of(each.origin() == PolicyDifference.Origin.RECENT ? "lately" : "not yet"));
    }

    private static Cell answer(PolicyAnswer answer) {
        if (!answer.allow()) {
            return new Cell.Toned(
                    Glyphs.harmless("denied: " + String.join("; ", answer.reasons())),
                    Cell.Tone.BAD);
        }
        StringBuilder text = new StringBuilder("allowed");
        if (!answer.masks().isEmpty()) {
            text.append(", masks ").append(String.join(" ", answer.masks().keySet()));
        }
        if (!answer.filters().isEmpty()) {
            text.append(", rows ").append(String.join(" and ", answer.filters()));
        }
        return new Cell.Toned(Glyphs.harmless(text.toString()), Cell.Tone.GOOD);
    }
}
