package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf schemas delete`: hides versions, or removes hidden ones for good.
@Command(
        name = "delete",
        description = "Delete a subject or one of its versions.",
        footer = {
            "",
            "What is deleted is still found by its id, so that old messages can be read; with"
                    + " --permanent its text goes too, and its id stays taken.",
            "",
            "Examples:",
            "  sheaf schemas delete clicks-value --version 2",
            "  sheaf schemas delete clicks-value --permanent"
        })
final class SchemasDeleteCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "SUBJECT", description = "The subject's name.")
    private String subject = "";

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description = "Which version; all without it.")
    private String version = "";

    @Option(names = "--permanent", description = "Of what was deleted before, for good.")
    private boolean isPermanent;

    SchemasDeleteCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            client.schemas().delete(subject, version, isPermanent);
        }
        cli.terminal()
                .out()
                .println(
                        subject
                                + (version.isEmpty() ? "" : " version " + version)
                                + (isPermanent ? " is gone" : " is deleted"));
        return 0;
    }
}
