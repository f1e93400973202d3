package dev.sheaf.cli.access;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantInfo;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf access approve`: an owner says yes.
@Command(
        name = "approve",
        description = "Approve a request for access to a product of your domain.",
        footer = {
            "",
            "Somebody else has to approve what you asked for yourself.",
            "",
            "Examples:",
            "  sheaf access approve g-3f2a9c1e7b405d68",
            "  sheaf access approve g-3f2a9c1e7b405d68 --until 2026-12-15 --masked"
        })
final class AccessApproveCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "ID", description = "The request, as 'sheaf access list' shows it.")
    private String id = "";

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "An earlier end than was asked for.")
    private @Nullable String until;

    @Option(
            names = "--masked",
            description = "Mask personal data although it was asked for as it is.")
    private boolean masked;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private @Nullable String reason;

    AccessApproveCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        GrantApproval approval =
                new GrantApproval(
                        Optional.ofNullable(until).map(text -> End.parse(text, Instant.now())),
                        masked ? Optional.of(true) : Optional.empty(),
                        Optional.ofNullable(reason));
        GrantInfo grant;
        try (SheafClient client = Connection.open(cli, node)) {
            grant = client.access().approve(id, approval);
        }
        GrantText.print(cli, node, grant);
        return 0;
    }
}
