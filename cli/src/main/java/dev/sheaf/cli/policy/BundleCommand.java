package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf policy bundle`: leads to its subcommands.
@Command(
        description = "Build, look into and verify bundles of policies and data.",
        synopsisSubcommandLabel = "build|inspect|verify")
public final class BundleCommand {
    /// The command with everything below it.
    static CommandLine with(Cli cli) {
        return new CommandLine(new BundleCommand())
                .addSubcommand(new BundleBuildCommand(cli))
                .addSubcommand(new BundleInspectCommand(cli))
                .addSubcommand(new BundleVerifyCommand(cli));
    }
}
