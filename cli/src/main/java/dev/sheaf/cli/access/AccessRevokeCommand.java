package dev.sheaf.cli.access;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.GrantReason;
import dev.sheaf.client.SheafClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/// `sheaf access revoke`: an owner takes back what was approved.
@Command(
        name = "revoke",
        description = "End access to a product of your domain before its time.",
        footer = {
            "",
            "The next statement at this node is refused; at the other regions' once it has arrived"
                    + " there.",
            "",
            "Examples:",
            "  sheaf access revoke g-3f2a9c1e7b405d68 --reason 'The project has ended.'"
        })
final class AccessRevokeCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "ID", description = "The grant, as 'sheaf access list' shows it.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    AccessRevokeCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        GrantInfo grant;
        try (SheafClient client = Connection.open(cli, node)) {
            grant = client.access().revoke(id, new GrantReason(reason));
        }
        GrantText.print(cli, node, grant);
        return 0;
    }
}
