package dev.sheaf.cli.members;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.LeaveRequest;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;
import java.util.concurrent.Callable;

/// `sheaf leave`: a node leaves its mesh.
@Command(
        description = "Let a node leave its mesh.",
        footer = {
            "",
            "Waits until what the node wrote has arrived at all members that it reaches. The node"
                    + " goes on alone; to come",
            "back its region needs a new token and a new data directory.",
            "",
            "Examples:",
            "  sheaf leave",
            "  sheaf leave --force     though products are at home there, or not all has arrived"
        })
public final class LeaveCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--force",
            description = "Also when products are at home there, or not all has arrived.")
    private boolean force;

    /// @param cli what the command prints to
    public LeaveCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            client.members().leave(new LeaveRequest(force));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), Map.of("left", true));
        } else {
            cli.terminal().out().println("It has left the mesh.");
        }
        return 0;
    }
}
