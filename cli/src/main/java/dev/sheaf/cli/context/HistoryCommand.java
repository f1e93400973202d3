package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.ContextHistory;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `sheaf context history`: who wrote what.
@Command(
        name = "history",
        description = "Show a document's last events, oldest first.",
        footer = {"", "Examples:", "  sheaf context history support.conversation c-17"})
final class HistoryCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();
    @Mixin private final DocumentArguments document = new DocumentArguments();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "EVENTS",
            defaultValue = "50",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int limit;

    HistoryCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ContextHistory history;
        try (SheafClient client = Connection.open(cli, node)) {
            history = new ContextHistory(purpose.contexts(client).history(document.key(), limit));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), history);
            return 0;
        }
        Table table =
                Table.of(
                        Column.text("at"),
                        Column.text("dot"),
                        Column.text("event"),
                        Column.text("by"),
                        Column.text("operations"));
        for (ContextHistory.Event event : history.events()) {
            table.row(
                    Cell.of(Shown.instant(event.at())),
                    Cell.of(event.dot()),
                    Cell.of(event.eventId()),
                    Cell.of(event.author()),
                    Cell.of(String.join("; ", event.operations())));
        }
        table.print(cli.terminal());
        return 0;
    }
}
