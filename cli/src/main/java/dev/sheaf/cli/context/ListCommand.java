package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.client.ContextIdList;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf context list`: ids of documents.
@Command(
        name = "list",
        description = "List the ids of a type's documents, in order.",
        footer = {
            "",
            "Examples:",
            "  sheaf context list support.conversation",
            "  sheaf context list support.conversation --after c-17 --limit 100"
        })
final class ListCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();

    @Parameters(paramLabel = "TYPE", description = "The context type.")
    private String type = "";

    @Option(
            names = "--after",
            paramLabel = "ID",
            defaultValue = "",
            description = "Begin after this id.")
    private String after = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "IDS",
            defaultValue = "1000",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int limit;

    ListCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ContextIdList list;
        try (SheafClient client = Connection.open(cli, node)) {
            list = purpose.contexts(client).list(type, after, limit);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
            return 0;
        }
        list.ids().forEach(id -> cli.terminal().out().println(Glyphs.harmless(id)));
        if (list.next().isPresent()) {
            cli.terminal().out().flush();
            cli.terminal()
                    .err()
                    .println("perhaps more: --after '" + Glyphs.harmless(after(list)) + "'");
        }
        return 0;
    }

    private static String after(ContextIdList list) {
        return list.next().orElse("");
    }
}
