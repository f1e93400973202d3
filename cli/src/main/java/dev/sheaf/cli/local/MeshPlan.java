package dev.sheaf.cli.local;

import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Which ports the nodes of a mesh on one machine get, and what each is told.
final class MeshPlan {
    /// Files that begin with it are ours and written anew.
    static final String MARK =
            "# Written by 'sheaf up --regions', which writes it anew. Without this line it is left"
                    + " alone.";

    private static final int PORT_FIRST = 7350;
    private static final int LINKS_DISTANCE = 100;
    private static final int REGIONS_MAX = 16;

    private MeshPlan() {}

    /// @param port of the first node, the others follow; 0 for any free ones; empty to keep those
    ///   that the regions had before
    static LocalMesh of(List<RegionName> regions, OptionalInt port, Optional<LocalMesh> before) {
        if (regions.size() > REGIONS_MAX || new HashSet<>(regions).size() < regions.size()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "--regions takes up to " + REGIONS_MAX + " regions, each once");
        }
        if (port.isPresent() && port.getAsInt() == 0) {
            return free(regions);
        }
        Set<Integer> taken = new HashSet<>();
        if (port.isEmpty()) {
            before.ifPresent(mesh ->
                    mesh.members().stream()
                            .filter(member -> regions.contains(member.region()))
                            .forEach(member -> taken.add(member.port())));
        }
        List<LocalMesh.Member> members = new ArrayList<>();
        for (RegionName region : regions) {
            Optional<LocalMesh.Member> kept =
                    port.isPresent()
                            ? Optional.empty()
                            : before.flatMap(mesh -> mesh.member(region));
            members.add(kept.orElseGet(() -> next(region, port.orElse(PORT_FIRST), taken)));
        }
        return new LocalMesh(members);
    }

    private static LocalMesh.Member next(RegionName region, int first, Set<Integer> taken) {
        int port = first;
        while (!taken.add(port)) {
            port++;
        }
        return new LocalMesh.Member(region, port, port + LINKS_DISTANCE);
    }

    /// Ports that are free now; all are held until all are found, so that none comes twice.
    private static LocalMesh free(List<RegionName> regions) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<LocalMesh.Member> members = new ArrayList<>();
            for (RegionName region : regions) {
                members.add(new LocalMesh.Member(region, hold(held), hold(held)));
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return new LocalMesh(members);
        } catch (IOException e) {
            throw new Problem(ProblemCode.UNAVAILABLE, "there is no free port: " + e, e);
        }
    }

    private static int hold(List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        return socket.getLocalPort();
    }

    /// The configuration of one node. Its data directory lies beside the folder `mesh`.
    static String configuration(LocalMesh mesh, LocalMesh.Member self) {
        StringBuilder text = new StringBuilder(MARK + "\n");
        text.append("region: ").append(self.region()).append('\n');
        text.append("listen: {port: ").append(self.port()).append("}\n");
        text.append("identity: {local: {keyFolder: ../mesh/keys}}\n");
        text.append("links:\n  port: ").append(self.linksPort()).append('\n');
        text.append("  development: true\n  developmentCa: ../mesh/ca\n  peers:\n");
        for (LocalMesh.Member peer : mesh.members()) {
            if (!peer.equals(self)) {
                text.append("    - {region: ")
                        .append(peer.region())
                        .append(", host: 127.0.0.1, port: ")
                        .append(peer.linksPort())
                        .append(", url: \"http://127.0.0.1:")
                        .append(peer.port())
                        .append("\"}\n");
            }
        }
        return text.toString();
    }
}
