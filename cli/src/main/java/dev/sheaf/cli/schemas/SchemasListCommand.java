package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.SchemaVersionInfo;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf schemas list`: subjects with their newest versions.
@Command(
        name = "list",
        description = "List subjects with their newest schemas, of all regions.",
        footer = {"", "Examples:", "  sheaf schemas list", "  sheaf schemas list sales."})
final class SchemasListCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PREFIX",
            description = "Only subjects whose names begin so.")
    private String prefix = "";

    SchemasListCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<SchemaVersionInfo> all;
        try (SheafClient client = Connection.open(cli, node)) {
            all = client.schemas().latest(prefix);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), all);
            return 0;
        }
        Table table =
                Table.of(
                        Column.text("subject"),
                        Column.number("version"),
                        Column.number("id"),
                        Column.text("type"));
        for (SchemaVersionInfo each : all) {
            table.row(
                    Cell.of(each.subject()),
                    Cell.of(each.version()),
                    Cell.of(each.id()),
                    Cell.of(each.language()));
        }
        table.print(cli.terminal());
        return 0;
    }
}
