package dev.sheaf.cli.members;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.JoinTokenInfo;
import dev.sheaf.client.JoinTokenRequest;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// `sheaf join-token`: lets one region join the mesh, once.
@Command(
        description = "Make a one-time token by which a region can join the mesh.",
        footer = {
            "",
            "Asks a node that holds the root of the mesh. The token is shown once; whoever has it"
                    + " may join. --region names the asked node.",
            "",
            "Examples:",
            "  sheaf join-token azure/westeurope",
            "  sheaf join-token azure/westeurope --minutes 10 --sponsor-url"
                    + " https://east.example.com:7350"
        })
public final class JoinTokenCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "CLOUD/LOCATION",
            arity = "1",
            description = "The region that is to join.")
    private String joining = "";

    @Option(
            names = "--minutes",
            paramLabel = "MINUTES",
            description = "How long it counts (default: 60).")
    private @Nullable Integer minutes;

    @Option(
            names = "--sponsor-url",
            paramLabel = "URL",
            description = "Where the joining machine reaches the asked node (default: as here).")
    private @Nullable String sponsorUrl;

    /// @param cli what the command prints to
    public JoinTokenCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        RegionName region = RegionName.parse(joining);
        JoinTokenInfo token;
        try (SheafClient client = Connection.open(cli, node)) {
            token =
                    client.members()
                            .token(
                                    new JoinTokenRequest(
                                            region.toString(),
                                            sponsorUrl == null
                                                    ? client.address().toString()
                                                    : sponsorUrl,
                                            minutes == null
                                                    ? OptionalLong.empty()
                                                    : OptionalLong.of(
                                                            Duration.ofMinutes(minutes)
                                                                    .toSeconds())));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), token);
            return 0;
        }
        cli.terminal().out().println(token.token());
        cli.terminal()
                .err()
                .println(
                        "It counts once, until "
                                + token.expiresAt()
                                + ". On the new machine: sheaf join TOKEN --data DIR --links"
                                + " HOST:PORT");
        return 0;
    }
}
