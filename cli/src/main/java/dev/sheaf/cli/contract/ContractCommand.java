package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf contract`: leads to its subcommands.
@Command(
        description =
                "Check, compare, export and draft contracts, classify columns; needs no node.",
        synopsisSubcommandLabel = "validate|diff|export|init|classify")
public final class ContractCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new ContractCommand())
                .addSubcommand(new ContractValidateCommand(cli))
                .addSubcommand(new ContractDiffCommand(cli))
                .addSubcommand(new ContractExportCommand(cli))
                .addSubcommand(new ContractInitCommand(cli))
                .addSubcommand(new ContractClassifyCommand(cli));
    }
}
