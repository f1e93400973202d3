package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.client.ContextChange;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Wire;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/// `sheaf context watch`: changes as they are merged.
@Command(
        name = "watch",
        description = "Follow changes of a type's documents, or of one.",
        footer = {
            "",
            "Goes on until Ctrl-C or --count; a connection that breaks is taken up where it"
                    + " stopped. With --json one",
            "document per line.",
            "",
            "Examples:",
            "  sheaf context watch support.conversation",
            "  sheaf context watch agent.state a-1 --position 4711 --count 1 --json"
        })
final class WatchCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();

    @Parameters(index = "0", paramLabel = "TYPE", description = "The context type.")
    private String type = "";

    @Parameters(
            index = "1",
            paramLabel = "ID",
            arity = "0..1",
            description = "One document (default: all).")
    private @Nullable String id;

    @Option(
            names = "--position",
            paramLabel = "POSITION",
            description = "Where an earlier watch stopped (default: from now on).")
    private @Nullable String position;

    @Option(
            names = "--count",
            paramLabel = "CHANGES",
            defaultValue = "0",
            description = "Stop after so many (default: never).")
    private long count;

    WatchCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            purpose.contexts(client)
                    .watch(
                            type,
                            Optional.ofNullable(id),
                            Optional.ofNullable(position),
                            new Lines());
        }
        return 0;
    }

    /// Prints each change, and says whether there may be more.
    private final class Lines implements Predicate<ContextChange> {
        private long printed;

        @Override
        public boolean test(ContextChange change) {
            cli.terminal()
                    .out()
                    .println(node.json() ? Wire.json().writeValueAsString(change) : text(change));
            cli.terminal().out().flush();
            printed++;
            boolean heard = cli.terminal().outFailure().isEmpty();
            return heard && (count == 0 || printed < count);
        }

        private String text(ContextChange change) {
            Palette palette = cli.terminal().outPalette();
            return palette.dim(change.position() + " " + change.at())
                    + "  "
                    + change.origin()
                    + "  "
                    + palette.bold(Glyphs.harmless(change.id()))
                    + "  "
                    + change.value()
                            .map(JsonNode::toString)
                            .map(Glyphs::harmless)
                            .orElse(palette.warning("gone"));
        }
    }
}
