package dev.sheaf.cli.lineage;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.ModelInfo;
import dev.sheaf.client.ModelList;

/// Models, one version a line.
final class ModelTable {
    private ModelTable() {}

    static void print(Cli cli, NodeOptions node, ModelList list) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
            return;
        }
        if (list.models().isEmpty()) {
            cli.terminal().out().println("no models");
            return;
        }
        Table table =
                Table.of(
                        Table.Column.text("model"),
                        Table.Column.text("version"),
                        Table.Column.text("domain"),
                        Table.Column.text("region"),
                        Table.Column.text("trained on"),
                        Table.Column.text("registered"),
                        Table.Column.text("by"));
        for (ModelInfo each : list.models()) {
            table.row(
                    Cell.of(each.name()),
                    Cell.of(each.version()),
                    Cell.of(each.domain()),
                    Cell.of(each.region()),
                    Cell.of(trainedOn(each)),
                    Cell.of(Shown.instant(each.registeredAt())),
                    Cell.of(each.registeredBy()));
        }
        table.print(cli.terminal());
    }

    private static String trainedOn(ModelInfo model) {
        String text = String.join(", ", model.trainedOn());
        if (model.hiddenCount() == 0) {
            return text;
        }
        return text + (text.isEmpty() ? "" : ", ") + "(" + model.hiddenCount() + " hidden)";
    }
}
