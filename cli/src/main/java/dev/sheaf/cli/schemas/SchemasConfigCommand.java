package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/// `sheaf schemas config`: levels of compatibility.
@Command(
        name = "config",
        description = "Show or set what a new schema must be compatible with.",
        footer = {
            "",
            "Levels: none, backward, forward, full, and with _transitive all versions count.",
            "",
            "Examples:",
            "  sheaf schemas config",
            "  sheaf schemas config clicks-value --level full",
            "  sheaf schemas config clicks-value --unset"
        })
final class SchemasConfigCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "SUBJECT",
            description = "The subject; without it the region of the node.")
    private String subject = "";

    @Option(names = "--level", paramLabel = "LEVEL", description = "The level to set.")
    private String level = "";

    @Option(names = "--unset", description = "Back to the region's level.")
    private boolean isUnset;

    SchemasConfigCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        if (isUnset && !level.isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "--level sets and --unset takes back; say one");
        }
        String now;
        try (SheafClient client = Connection.open(cli, node)) {
            if (isUnset) {
                client.schemas().dropLevel(subject);
            } else if (!level.isEmpty()) {
                client.schemas().setLevel(subject, level.toUpperCase(Locale.ROOT));
            }
            now = client.schemas().level(subject);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), Map.of("compatibilityLevel", now));
        } else {
            cli.terminal().out().println(now);
        }
        return 0;
    }
}
