package dev.sheaf.node.links;

import static dev.sheaf.node.links.Recorder.await;
import static dev.sheaf.node.links.TestMesh.EAST;
import static dev.sheaf.node.links.TestMesh.WEST;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.ConfigReader;
import dev.sheaf.node.config.LinksConfig;
import dev.sheaf.node.pki.Revocations;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

final class LinksTest {
    @TempDir private Path folder;

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static LinksConfig config(int port, RegionName peer, int peerPort) {
        String yaml =
                """
                links:
                  port: %d
                  peers: [{region: %s, host: 127.0.0.1, port: %d}]
                  development: true
                  developmentCa: ca
                """
                        .formatted(port, peer, peerPort);
        return ConfigReader.read(new Source("sheaf.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
                .links();
    }

    private NodeCredentials credentials(RegionName region) {
        return NodeCredentials.open(
                config(1, region.equals(EAST) ? WEST : EAST, 1),
                region,
                folder,
                folder,
                Revocations.NONE,
                Clock.systemUTC());
    }

    @Test
    void twoNodesDialEachOther() throws Exception {
        int eastPort = freePort();
        int westPort = freePort();
        Recorder east = new Recorder();
        Recorder west = new Recorder();
        try (Links _ =
                        Links.open(
                                config(eastPort, WEST, westPort),
                                credentials(EAST),
                                east,
                                Clock.systemUTC());
                Links links =
                        Links.open(
                                config(westPort, EAST, eastPort),
                                credentials(WEST),
                                west,
                                Clock.systemUTC())) {
            assertEquals(westPort, links.port().getAsInt());
            Link one = await(west.ups);
            Link two = await(west.ups);
            assertEquals(1, (one.outgoing() ? 1 : 0) + (two.outgoing() ? 1 : 0));
            one.send(new byte[1]);
            two.send(new byte[2]);
            assertEquals(3, await(east.frames).length + await(east.frames).length);
            assertEquals(2, links.counters().counts().framesOut());
        }
        await(east.downs);
        await(west.downs);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () ->
                                    Links.open(
                                            config(taken.getLocalPort(), WEST, 1),
                                            credentials(EAST),
                                            new Recorder(),
                                            Clock.systemUTC()));
            assertEquals(ProblemCode.UNAVAILABLE, problem.code());
        }
    }
}
