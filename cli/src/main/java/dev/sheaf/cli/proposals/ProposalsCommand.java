package dev.sheaf.cli.proposals;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.ProposalInfo;
import dev.sheaf.client.ProposalList;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf proposals`: one's own to other regions, and those to the domains one owns.
@Command(
        description = "List proposals between regions, and decide on those to your domains.",
        footer = {
            "",
            "Examples:",
            "  sheaf apply -f contract.yaml --propose --reason 'we need the currency'",
            "  sheaf proposals --state open",
            "  sheaf proposals show p-…@aws/us-east-1",
            "  sheaf proposals accept p-…@aws/us-east-1"
        })
public final class ProposalsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only these: open, accepted or rejected.")
    private String state = "";

    public ProposalsCommand(Cli cli) {
        this.cli = cli;
    }

    /// With its subcommands.
    public static CommandLine with(Cli cli) {
        return new CommandLine(new ProposalsCommand(cli))
                .addSubcommand("show", new ShowCommand(cli))
                .addSubcommand("accept", new AcceptCommand(cli))
                .addSubcommand("reject", new RejectCommand(cli));
    }

    @Override
    public Integer call() {
        ProposalList list;
        try (SheafClient client = Connection.open(cli, node)) {
            list = client.registry().proposals(Optional.of(state).filter(text -> !text.isEmpty()));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), list);
        } else if (list.proposals().isEmpty()) {
            cli.terminal().out().println("There are no proposals that you may see.");
        } else {
            print(list);
        }
        return 0;
    }

    private void print(ProposalList list) {
        Table table =
                Table.of(
                        Column.text("proposal"),
                        Column.text("state"),
                        Column.text("domains"),
                        Column.text("home region"),
                        Column.text("by"),
                        Column.text("made"),
                        Column.text("reason"));
        for (ProposalInfo proposal : list.proposals()) {
            table.row(
                    Cell.of(proposal.id()),
                    Cell.of(proposal.state()),
                    Cell.of(String.join(", ", proposal.domains())),
                    Cell.of(proposal.home()),
                    Cell.of(proposal.by()),
                    Cell.of(Shown.instant(proposal.at())),
                    Cell.of(proposal.decidedWhy().orElse(proposal.reason())));
        }
        table.print(cli.terminal());
    }
}
