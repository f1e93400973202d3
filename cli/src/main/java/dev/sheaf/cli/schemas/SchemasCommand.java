package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf schemas`: leads to its subcommands.
@Command(
        description = "Schemas of messages: what there is, what may follow it.",
        synopsisSubcommandLabel = "list|show|register|check|config|delete")
public final class SchemasCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new SchemasCommand())
                .addSubcommand(new SchemasListCommand(cli))
                .addSubcommand(new SchemasShowCommand(cli))
                .addSubcommand(new SchemasRegisterCommand(cli))
                .addSubcommand(new SchemasCheckCommand(cli))
                .addSubcommand(new SchemasConfigCommand(cli))
                .addSubcommand(new SchemasDeleteCommand(cli));
    }
}
