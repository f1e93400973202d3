package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SchemaReferenceInfo;
import dev.sheaf.client.SchemaVersionInfo;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf schemas show`: one version with its schema.
@Command(
        name = "show",
        description = "Show a subject's schema.",
        footer = {
            "",
            "Examples:",
            "  sheaf schemas show sales.orders-value",
            "  sheaf schemas show sales.orders-value --version 2"
        })
final class SchemasShowCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "SUBJECT", description = "The subject's name.")
    private String subject = "";

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            defaultValue = "latest",
            description = "Which version; the newest without it.")
    private String version = "";

    SchemasShowCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        SchemaVersionInfo shown;
        List<Integer> versions;
        String level;
        try (SheafClient client = Connection.open(cli, node)) {
            shown = client.schemas().version(subject, version);
            if (node.json()) {
                JsonAnswer.print(cli.terminal(), shown);
                return 0;
            }
            versions = client.schemas().versions(subject);
            level = client.schemas().level(subject);
        }
        cli.terminal()
                .out()
                .println(
                        subject
                                + " version "
                                + shown.version()
                                + " of "
                                + versions
                                + ", id "
                                + shown.id()
                                + ", "
                                + shown.language()
                                + ", level "
                                + level);
        for (SchemaReferenceInfo each : shown.references()) {
            cli.terminal()
                    .out()
                    .println(
                            "uses "
                                    + each.name()
                                    + " = "
                                    + each.subject()
                                    + " version "
                                    + each.version());
        }
        cli.terminal().out().println(shown.schema());
        return 0;
    }
}
