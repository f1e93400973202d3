package dev.sheaf.cli.proposals;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ProposalInfo;
import dev.sheaf.client.ProposalRejection;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf proposals reject`.
@Command(
        description = "Reject a proposal to a domain of yours, at its home.",
        footer = {
            "",
            "Examples:",
            "  sheaf proposals reject p-…@aws/us-east-1 --reason 'not before May'"
        })
final class RejectCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PROPOSAL", description = "Its id.")
    private String proposal = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "For those who proposed.")
    private String reason = "";

    RejectCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProposalInfo info;
        try (SheafClient client = Connection.open(cli, node)) {
            info = client.registry().reject(proposal, new ProposalRejection(reason));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), info);
        } else {
            new ProposalText(cli.terminal()).print(info);
        }
        return 0;
    }
}
