package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.ContextTypeInfo;
import dev.sheaf.client.ContextTypeList;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf context types`: what kinds of documents there are.
@Command(
        name = "types",
        description = "List context types, or declare one.",
        footer = {
            "",
            "Examples:",
            "  sheaf context types",
            "  sheaf context types apply examples/context/support.conversation.yaml"
        })
final class TypesCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();

    TypesCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<ContextTypeInfo> types;
        try (SheafClient client = Connection.open(cli, node)) {
            types = purpose.contexts(client).types();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), new ContextTypeList(types));
        } else {
            print(cli, types);
        }
        return 0;
    }

    static void print(Cli cli, List<ContextTypeInfo> types) {
        Table table =
                Table.of(
                        Column.text("type"),
                        Column.text("domain"),
                        Column.text("versions"),
                        Column.text("staleness"),
                        Column.number("documents"),
                        Column.text("regions"));
        for (ContextTypeInfo type : types) {
            table.row(
                    Cell.of(type.name()),
                    Cell.of(type.domain()),
                    Cell.of(String.join(", ", type.versions())),
                    Cell.of(type.stalenessClass()),
                    Cell.of(Shown.count(type.documents())),
                    Cell.of(String.join(", ", type.scope())));
        }
        table.print(cli.terminal());
    }
}
