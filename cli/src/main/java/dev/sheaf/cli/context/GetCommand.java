package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.ContextDocument;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf context get`: a document, as fresh as it has to be.
@Command(
        name = "get",
        description = "Show a document.",
        footer = {
            "",
            "The document goes to standard output, what is known about it to standard error; with"
                    + " --json all of it to",
            "standard output. Exit status 3 when there is none, 6 when it cannot be fresh enough.",
            "",
            "Examples:",
            "  sheaf context get support.conversation c-17",
            "  sheaf context get support.conversation c-17 --max-staleness 100ms --patience 2s",
            "  sheaf context get agent.state a-1 --region azure/westeurope --token \"$TOKEN\""
        })
final class GetCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();
    @Mixin private final DocumentArguments document = new DocumentArguments();

    @Option(
            names = "--max-staleness",
            paramLabel = "TIME",
            description =
                    "How old the node's knowledge may be: 100ms, 2s, any (default: the type's).")
    private @Nullable String maxStaleness;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            description = "How long to wait for what is missing (default 1s).")
    private @Nullable String patience;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "From a write or read in any region; at least that is shown.")
    private @Nullable String token;

    @Option(
            names = "--schema-version",
            paramLabel = "VERSION",
            description = "The schema version to show it in (default: the newest).")
    private @Nullable String schemaVersion;

    GetCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ContextRead read =
                new ContextRead(
                        Optional.ofNullable(maxStaleness),
                        Optional.ofNullable(patience),
                        Optional.ofNullable(token),
                        Optional.ofNullable(schemaVersion),
                        false);
        ContextDocument found;
        try (SheafClient client = Connection.open(cli, node)) {
            found = purpose.contexts(client).read(document.key(), read);
        }
        JsonAnswer.print(cli.terminal(), node.json() ? found : found.value());
        if (!node.json()) {
            cli.terminal().out().flush();
            facts(found, cli.terminal().err());
        }
        return 0;
    }

    private static void facts(ContextDocument found, PrintStream err) {
        String age =
                found.stalenessMs().isPresent()
                        ? "at most "
                                + Shown.duration(Duration.ofMillis(found.stalenessMs().getAsLong()))
                                + " old"
                        : "of unknown age";
        err.println(
                "version "
                        + Glyphs.harmless(found.version())
                        + ", "
                        + age
                        + (found.conflicts() == 0
                                ? ""
                                : ", " + Shown.count(found.conflicts(), "place") + " in conflict"));
        found.redacted().forEach(pointer -> err.println("redacted " + Glyphs.harmless(pointer)));
        found.masked().forEach(pointer -> err.println("masked " + Glyphs.harmless(pointer)));
        err.println("token " + Glyphs.harmless(found.token()));
    }
}
