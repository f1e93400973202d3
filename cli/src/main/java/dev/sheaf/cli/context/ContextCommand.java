package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `sheaf context`: leads to its subcommands.
@Command(
        description = "Read and write documents that all regions share.",
        synopsisSubcommandLabel =
                "types|put|patch|get|list|watch|history|conflicts|delete|erase|ingest|checkpoint")
public final class ContextCommand {
    /// The command with everything below it.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new ContextCommand())
                .addSubcommand(
                        new CommandLine(new TypesCommand(cli))
                                .addSubcommand(new TypesApplyCommand(cli)))
                .addSubcommand(new PutCommand(cli))
                .addSubcommand(new PatchCommand(cli))
                .addSubcommand(new GetCommand(cli))
                .addSubcommand(new ListCommand(cli))
                .addSubcommand(new WatchCommand(cli))
                .addSubcommand(new HistoryCommand(cli))
                .addSubcommand(new ConflictsCommand(cli))
                .addSubcommand(new DeleteCommand(cli))
                .addSubcommand(new EraseCommand(cli))
                .addSubcommand(new IngestCommand(cli))
                .addSubcommand(new CheckpointCommand(cli));
    }
}
