package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.ContextClient;
import dev.sheaf.client.ContextConflict;
import dev.sheaf.client.ContextConflictList;
import dev.sheaf.client.ContextConflictQuery;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Wire;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `sheaf context conflicts`: what met, who decided, what is shown.
@Command(
        name = "conflicts",
        description = "Show concurrent writes as the node merged them, oldest first.",
        footer = {
            "",
            "With --follow it replays them and goes on with what comes, with --json one per line.",
            "",
            "Examples:",
            "  sheaf context conflicts",
            "  sheaf context conflicts --type support.conversation --queue review --after 4711",
            "  sheaf context conflicts --follow --json"
        })
final class ConflictsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type.")
    private @Nullable String type;

    @Option(names = "--id", paramLabel = "ID", description = "Only of this document.")
    private @Nullable String id;

    @Option(
            names = "--queue",
            paramLabel = "QUEUE",
            description = "Only what was escalated to this queue.")
    private @Nullable String queue;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Only what came after this position.")
    private @Nullable String after;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "CONFLICTS",
            defaultValue = "100",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    ConflictsCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ContextConflictQuery query =
                new ContextConflictQuery(
                        Optional.ofNullable(type),
                        Optional.ofNullable(id),
                        Optional.ofNullable(queue),
                        Optional.ofNullable(after),
                        limit);
        try (SheafClient client = Connection.open(cli, node)) {
            ContextClient contexts = purpose.contexts(client);
            if (follow) {
                contexts.followConflicts(query, this::line);
            } else {
                print(contexts.conflicts(query));
            }
        }
        return 0;
    }

    private boolean line(ContextConflict conflict) {
        cli.terminal()
                .out()
                .println(
                        node.json()
                                ? Wire.json().writeValueAsString(conflict)
                                : conflict.position()
                                        + "  "
                                        + Shown.instant(conflict.metAt())
                                        + "  "
                                        + conflict.kind()
                                        + "  "
                                        + Glyphs.harmless(place(conflict))
                                        + "  "
                                        + Glyphs.harmless(writes(conflict))
                                        + "  "
                                        + decision(conflict));
        cli.terminal().out().flush();
        return cli.terminal().outFailure().isEmpty();
    }

    private void print(ContextConflictList list) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
            return;
        }
        Table table =
                Table.of(
                        Column.text("position"),
                        Column.text("met at"),
                        Column.text("kind"),
                        Column.text("place"),
                        Column.text("writes"),
                        Column.text("decided by"),
                        Column.text("shown"));
        for (ContextConflict conflict : list.conflicts()) {
            table.row(
                    Cell.of(conflict.position()),
                    Cell.of(Shown.instant(conflict.metAt())),
                    Cell.of(conflict.kind()),
                    Cell.of(place(conflict)),
                    Cell.of(writes(conflict)),
                    Cell.of(decision(conflict)),
                    Cell.of(conflict.shown().map(JsonNode::toString).orElse("")));
        }
        table.print(cli.terminal());
        if (list.next().isPresent()) {
            cli.terminal().out().flush();
            cli.terminal().err().println("perhaps more: --after " + list.next().get());
        }
    }

    private static String place(ContextConflict conflict) {
        return conflict.type() + "/" + conflict.id() + "#" + conflict.pointer();
    }

    private static String writes(ContextConflict conflict) {
        String done = withoutValue(conflict.kind());
        return conflict.versions().stream()
                .map(version ->
                        version.region()
                                + " "
                                + version.value().map(JsonNode::toString).orElse(done))
                .collect(Collectors.joining(" | "));
    }

    /// What a write did that carries no value.
    private static String withoutValue(String kind) {
        return switch (kind) {
            case "BRANCH" -> "answered";
            case "MOVE" -> "moved";
            case "ERASED" -> "wrote";
            default -> "removed";
        };
    }

    private static String decision(ContextConflict conflict) {
        return conflict.resolver()
                + conflict.escalated().map(name -> " (on queue " + name + ")").orElse("");
    }
}
