package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf link`: leads to its subcommands.
@Command(
        description = "Cut, slow down and heal links between nodes on this machine.",
        synopsisSubcommandLabel = "cut|heal|delay")
public final class LinkCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new LinkCommand())
                .addSubcommand(new LinkCutCommand(cli))
                .addSubcommand(new LinkHealCommand(cli))
                .addSubcommand(new LinkDelayCommand(cli));
    }
}
