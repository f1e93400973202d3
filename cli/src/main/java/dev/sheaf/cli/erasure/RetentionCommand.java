package dev.sheaf.cli.erasure;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf retention`: leads to its subcommands.
@Command(
        description = "What is kept for how long, and removing what is older.",
        synopsisSubcommandLabel = "status|run")
public final class RetentionCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new RetentionCommand())
                .addSubcommand(new RetentionStatusCommand(cli))
                .addSubcommand(new RetentionRunCommand(cli));
    }
}
