package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.ReplicaInfo;
import dev.sheaf.client.ReplicaList;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ByteSize;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// `sheaf replicas`: what lies here of other regions' products.
@Command(
        name = "replicas",
        description = "List copies of other regions' products in the node's region.",
        footer = {
            "",
            "A product's owner places copies: customProperties 'sheaf.replicas' of the contract's"
                    + " table. Behind are the releases",
            "that are to come. State: held, coming, leaving, waiting (an attempt failed), refused"
                    + " (the home does not let it go) or",
            "direct (read where it lies).",
            "",
            "Example:",
            "  sheaf replicas --region aws/us-east-1"
        })
public final class ReplicasCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    public ReplicasCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ReplicaList list;
        try (SheafClient client = Connection.open(cli, node)) {
            list = client.replicas();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
            return 0;
        }
        if (list.replicas().isEmpty()) {
            cli.terminal().out().println("no replicas");
            return 0;
        }
        Table table =
                Table.of(
                        Table.Column.text("product"),
                        Table.Column.text("home"),
                        Table.Column.text("state"),
                        Table.Column.number("release"),
                        Table.Column.number("newest"),
                        Table.Column.number("behind"),
                        Table.Column.number("rows"),
                        Table.Column.number("size"),
                        Table.Column.text("cost"),
                        Table.Column.text("heard"),
                        Table.Column.text("problem"));
        list.replicas().forEach(each -> row(table, each));
        table.print(cli.terminal());
        return 0;
    }

    private static void row(Table table, ReplicaInfo each) {
        table.row(
                Cell.of(each.product()),
                Cell.of(each.home()),
                Cell.of(each.state()),
                Cell.of(number(each.held())),
                Cell.of(number(each.newest())),
                Cell.of(Long.toString(each.behind())),
                Cell.of(Shown.count(each.rows())),
                Cell.of(new ByteSize(each.bytes())),
                Cell.of(each.cost().orElse("")),
                Cell.of(each.heardAt().map(Shown::instant).orElse("never")),
                Cell.of(each.problem().orElse("")));
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }
}
