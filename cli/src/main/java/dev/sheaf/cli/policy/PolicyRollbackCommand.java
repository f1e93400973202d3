package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.PolicyInForce;
import dev.sheaf.client.PolicyRollback;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// `sheaf policy rollback`: brings a revision back into force.
@Command(
        name = "rollback",
        description = "Bring a revision of a node's policies back into force.",
        footer = {
            "",
            "History stays: what was in force can be brought back the same way. Revision 0 is the",
            "standard pack.",
            "",
            "Examples:",
            "  sheaf policy rollback 3 --reason \"The new masks were too strict\"",
            "  sheaf policy rollback 0"
        })
public final class PolicyRollbackCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "REVISION",
            description = "Its number, as 'sheaf policy revisions' shows it.")
    private long revision;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; for the history.")
    private String reason = "";

    public PolicyRollbackCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        PolicyInForce now;
        try (SheafClient client = Connection.open(cli, node)) {
            now =
                    client.policies()
                            .rollback(new PolicyRollback(revision, reason, OptionalLong.empty()));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), now);
        } else {
            cli.terminal()
                    .out()
                    .println("revision " + now.revision() + " (" + now.digest() + ") is in force.");
        }
        return 0;
    }
}
