package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SchemaVersionInfo;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/// `sheaf schemas register`: a schema becomes a version.
@Command(
        name = "register",
        description = "Register a schema; one that is there already stays as it is.",
        footer = {
            "",
            "The subject's home region decides; from elsewhere it is asked over the links.",
            "",
            "Examples:",
            "  sheaf schemas register clicks-value click.avsc",
            "  sheaf schemas register clicks-value click.proto --reference"
                    + " page.proto=page-value:1"
        })
final class SchemasRegisterCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Mixin private final SchemaFileOptions schema = new SchemaFileOptions();

    SchemasRegisterCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        SchemaVersionInfo version;
        try (SheafClient client = Connection.open(cli, node)) {
            version = client.schemas().register(schema.subject, schema.read(cli));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), version);
        } else {
            cli.terminal()
                    .out()
                    .println(
                            version.subject()
                                    + " version "
                                    + version.version()
                                    + " has the schema, id "
                                    + version.id());
        }
        return 0;
    }
}
