package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SchemaCheckResult;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `sheaf schemas check`: whether a schema could follow, and who could not read what.
@Command(
        name = "check",
        description = "Say whether a schema could be registered, and if not, who breaks.",
        footer = {
            "",
            "Ends with the status 1 when it could not.",
            "",
            "Examples:",
            "  sheaf schemas check clicks-value click.avsc"
        })
final class SchemasCheckCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Mixin private final SchemaFileOptions schema = new SchemaFileOptions();

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            defaultValue = "latest",
            description = "Against which version; the newest without it.")
    private String version = "";

    SchemasCheckCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        SchemaCheckResult result;
        try (SheafClient client = Connection.open(cli, node)) {
            result = client.schemas().check(schema.subject, version, schema.read(cli));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), result);
        } else if (result.isCompatible()) {
            cli.terminal().out().println("It could follow.");
        } else {
            cli.terminal().out().println("It could not follow:");
            result.messages().forEach(each -> cli.terminal().out().println("  " + each));
        }
        return result.isCompatible() ? 0 : ExitCode.NEGATIVE.status();
    }
}
