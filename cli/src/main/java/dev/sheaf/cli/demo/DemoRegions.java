package dev.sheaf.cli.demo;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.local.LocalNode;
import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.cli.profile.Profile;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;
import dev.sheaf.kernel.RegionName;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// The three nodes of the demo, with the operator's rights at each. Not safe for threads.
final class DemoRegions implements AutoCloseable {
    static final RegionName AMERICA = RegionName.parse("aws/us-east-1");
    static final RegionName HOLLAND = RegionName.parse("azure/westeurope");
    static final RegionName BELGIUM = RegionName.parse("gcp/europe-west1");
    static final List<RegionName> ALL = List.of(AMERICA, HOLLAND, BELGIUM);

    private final Map<RegionName, SheafClient> clients = new LinkedHashMap<>();
    private final Map<RegionName, Path> folders = new LinkedHashMap<>();

    private DemoRegions() {}

    /// Those that `sheaf up --regions` has started in the given surroundings.
    static DemoRegions open(Cli inside) {
        DemoRegions regions = new DemoRegions();
        LocalMesh mesh =
                LocalMesh.read(inside.profiles())
                        .orElseThrow(() -> new IllegalStateException("'up' started no mesh"));
        for (RegionName region : ALL) {
            Profile profile =
                    mesh.member(region)
                            .flatMap(
                                    member -> inside.profiles().read(Optional.of(member.profile())))
                            .orElseThrow(() -> new IllegalStateException("no node of " + region));
            regions.folders.put(region, profile.dataDirectory().orElseThrow());
            regions.clients.put(
                    region,
                    new SheafClient(
                            profile.url(), TokenSource.file(profile.tokenFile().orElseThrow())));
        }
        return regions;
    }

    SheafClient at(RegionName region) {
        return Objects.requireNonNull(clients.get(region));
    }

    Optional<LocalNode> node(RegionName region) {
        return LocalNode.find(Objects.requireNonNull(folders.get(region)));
    }

    /// Memory that the nodes hold together, workers not counted; empty where the system does not
    /// say.
    OptionalLong residentBytes() {
        long sum = 0;
        for (RegionName region : ALL) {
            OptionalLong resident =
                    node(region).map(LocalNode::residentBytes).orElse(OptionalLong.empty());
            if (resident.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += resident.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    @Override
    public void close() {
        clients.values().forEach(SheafClient::close);
    }
}
