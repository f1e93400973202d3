package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf policy`: leads to its subcommands.
@Command(
        description =
                "Ask, check, test, format and bundle policies (Rego); bring them into force at a"
                        + " node.",
        synopsisSubcommandLabel =
                "eval|check|test|fmt|bundle|conformance|apply|revisions|rollback|show|lab")
public final class PolicyCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyEvalCommand(cli))
                .addSubcommand(new PolicyCheckCommand(cli))
                .addSubcommand(new PolicyTestCommand(cli))
                .addSubcommand(new PolicyFormatCommand(cli))
                .addSubcommand("bundle", BundleCommand.with(cli))
                .addSubcommand(new PolicyConformanceCommand(cli))
                .addSubcommand(new PolicyApplyCommand(cli))
                .addSubcommand(new PolicyRevisionsCommand(cli))
                .addSubcommand(new PolicyRollbackCommand(cli))
                .addSubcommand(new PolicyShowCommand(cli))
                .addSubcommand(new PolicyLabCommand(cli));
    }
}
