package dev.sheaf.cli.access;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf access`: leads to its subcommands.
@Command(
        description = "Ask for access to products, and decide on it.",
        synopsisSubcommandLabel = "request|approve|deny|revoke|list")
public final class AccessCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new AccessCommand())
                .addSubcommand(new AccessRequestCommand(cli))
                .addSubcommand(new AccessApproveCommand(cli))
                .addSubcommand(new AccessDenyCommand(cli))
                .addSubcommand(new AccessRevokeCommand(cli))
                .addSubcommand(new AccessListCommand(cli));
    }
}
