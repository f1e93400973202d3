package dev.sheaf.cli.lineage;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.LineageOwner;

import java.util.List;

/// Jobs, models and consumers with what they are reached by.
final class OwnerTable {
    private OwnerTable() {}

    static void print(Cli cli, List<LineageOwner> owners) {
        if (owners.isEmpty()) {
            return;
        }
        Table table =
                Table.of(
                        Table.Column.text("kind"),
                        Table.Column.text("name"),
                        Table.Column.text("region"),
                        Table.Column.text("through"),
                        Table.Column.text("path"));
        for (LineageOwner each : owners) {
            table.row(
                    Cell.of(each.owner().kind()),
                    Cell.of(LineageText.owner(each.owner())),
                    Cell.of(each.owner().region()),
                    Cell.of(LineageText.through(each)),
                    Cell.of(LineageText.path(each)));
        }
        table.print(cli.terminal());
        cli.terminal().out().println();
    }
}
