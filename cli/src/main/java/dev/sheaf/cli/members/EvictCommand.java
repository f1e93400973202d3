package dev.sheaf.cli.members;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.EvictionRequest;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.concurrent.Callable;

/// `sheaf evict`: a region is no member any more.
@Command(
        description = "Evict a region from the mesh, for good.",
        footer = {
            "",
            "Asks a node that holds the root of the mesh. Links with the region end wherever it is"
                    + " heard, and nothing it signs",
            "from now on counts. What only it had written is lost.",
            "",
            "Examples:",
            "  sheaf evict gcp/europe-west1 --confirm gcp/europe-west1"
        })
public final class EvictCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "CLOUD/LOCATION", arity = "1", description = "The region.")
    private String evicted = "";

    @Option(
            names = "--confirm",
            paramLabel = "CLOUD/LOCATION",
            description = "The region once more.")
    private @Nullable String confirm;

    /// @param cli what the command prints to
    public EvictCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        RegionName region = RegionName.parse(evicted);
        if (confirm == null) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "an eviction is for good; to confirm it: --confirm " + region);
        }
        try (SheafClient client = Connection.open(cli, node)) {
            client.members().evict(region.toString(), new EvictionRequest(confirm));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), Map.of("evicted", region.toString()));
        } else {
            cli.terminal().out().println(region + " is no member of the mesh any more.");
        }
        return 0;
    }
}
