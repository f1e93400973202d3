package dev.sheaf.cli.proposals;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ProposalInfo;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf proposals show`.
@Command(
        description = "Show a proposal, and at its home what accepting it would do.",
        footer = {"", "Examples:", "  sheaf proposals show p-…@aws/us-east-1"})
final class ShowCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PROPOSAL", description = "Its id.")
    private String proposal = "";

    ShowCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProposalInfo info;
        try (SheafClient client = Connection.open(cli, node)) {
            info = client.registry().proposal(proposal);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), info);
        } else {
            new ProposalText(cli.terminal()).print(info);
        }
        return 0;
    }
}
