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

/// `sheaf access deny`: an owner says no.
@Command(
        name = "deny",
        description = "Deny a request for access to a product of your domain.",
        footer = {
            "",
            "It is final; they can ask again.",
            "",
            "Examples:",
            "  sheaf access deny g-3f2a9c1e7b405d68 --reason 'Use the aggregated product.'"
        })
final class AccessDenyCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "ID", description = "The request, as 'sheaf access list' shows it.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    AccessDenyCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        GrantInfo grant;
        try (SheafClient client = Connection.open(cli, node)) {
            grant = client.access().deny(id, new GrantReason(reason));
        }
        GrantText.print(cli, node, grant);
        return 0;
    }
}
