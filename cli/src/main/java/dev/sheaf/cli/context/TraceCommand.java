package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf trace`: leads to its subcommand.
@Command(
        description = "Replay recorded editing sessions; needs no node.",
        synopsisSubcommandLabel = "replay")
public final class TraceCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new TraceCommand()).addSubcommand(new TraceReplayCommand(cli));
    }
}
