package dev.sheaf.cli.erasure;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.RetentionStatus;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.Duration;
import java.util.concurrent.Callable;

/// `sheaf retention status`: the rules, and the last run.
@Command(
        name = "status",
        description = "Show what products and context types keep for how long, and the last run.",
        footer = {
            "",
            "A product whose current release is older than it is kept is overdue: a current release"
                    + " is never removed.",
            "",
            "Example:",
            "  sheaf retention status"
        })
final class RetentionStatusCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    RetentionStatusCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        RetentionStatus status;
        try (SheafClient client = Connection.open(cli, node)) {
            status = client.retention().status();
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), status);
            return 0;
        }
        Table table =
                Table.of(
                        Table.Column.text("store"),
                        Table.Column.text("kept"),
                        Table.Column.text("counts from"),
                        Table.Column.text("state"));
        for (RetentionStatus.Rule rule : status.rules()) {
            table.row(
                    Cell.of(rule.name()),
                    Cell.of(Shown.duration(Duration.ofSeconds(rule.seconds()))),
                    Cell.of(
                            rule.column()
                                    .orElse(
                                            rule.kind().equals("product")
                                                    ? "its release"
                                                    : "its last write")),
                    Cell.of(rule.overdue() ? "overdue" : ""));
        }
        table.print(cli.terminal());
        cli.terminal()
                .out()
                .println(
                        status.last()
                                .map(run -> "last run: " + Shown.instant(run.at()))
                                .orElse("there was no run yet"));
        status.last()
                .ifPresent(run ->
                        run.stores()
                                .forEach(store ->
                                        store.problem()
                                                .ifPresent(why ->
                                                        cli.terminal()
                                                                .out()
                                                                .println(
                                                                        store.name()
                                                                                + " failed: "
                                                                                + why))));
        status.refusal().ifPresent(why -> cli.terminal().out().println("refused: " + why));
        return 0;
    }
}
