package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf audit`: leads to its subcommands.
@Command(
        description = "Verify, search and export the audit log; who saw whose data.",
        synopsisSubcommandLabel = "verify|search|show|export|history")
public final class AuditCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditVerifyCommand(cli))
                .addSubcommand(new AuditSearchCommand(cli))
                .addSubcommand(new AuditShowCommand(cli))
                .addSubcommand(new AuditExportCommand(cli))
                .addSubcommand(new AuditHistoryCommand(cli));
    }
}
