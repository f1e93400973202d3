package dev.sheaf.cli.proposals;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ProposalAcceptance;
import dev.sheaf.client.ProposalInfo;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf proposals accept`.
@Command(
        description = "Apply a proposal to a domain of yours, at its home.",
        footer = {"", "Examples:", "  sheaf proposals accept p-…@aws/us-east-1 --plan DIGEST"})
final class AcceptCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "PROPOSAL", description = "Its id.")
    private String proposal = "";

    @Option(
            names = "--plan",
            paramLabel = "DIGEST",
            description =
                    "Accept only if it still does what 'show --json' said; the plan's digest.")
    private String plan = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "For those who proposed.")
    private String reason = "";

    AcceptCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ProposalInfo info;
        try (SheafClient client = Connection.open(cli, node)) {
            info =
                    client.registry()
                            .accept(
                                    proposal,
                                    new ProposalAcceptance(
                                            Optional.of(plan).filter(text -> !text.isEmpty()),
                                            Optional.of(reason).filter(text -> !text.isEmpty())));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), info);
        } else {
            new ProposalText(cli.terminal()).print(info);
        }
        return 0;
    }
}
