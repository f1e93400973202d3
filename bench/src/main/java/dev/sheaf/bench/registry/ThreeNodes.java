package dev.sheaf.bench.registry;

import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;
import dev.sheaf.node.Node;
import dev.sheaf.node.NodeOptions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Three whole nodes with mutual TLS in this process, each with its operator; they take each
/// other's tokens.
///
/// @param folder for files, of this run alone
public record ThreeNodes(Path folder, List<Node> nodes, List<SheafClient> clients)
        implements AutoCloseable {
    public static final List<String> REGIONS =
            List.of("aws/us-east-1", "azure/westeurope", "gcp/europe-west1");

    public static ThreeNodes start() throws IOException {
        ThreeNodes mesh =
                new ThreeNodes(
                        Files.createTempDirectory("three-nodes"),
                        new ArrayList<>(),
                        new ArrayList<>());
        List<Integer> ports = freePorts();
        for (String region : REGIONS) {
            Path data = Files.createDirectories(mesh.folder().resolve(region.replace('/', '_')));
            Files.writeString(data.resolve("sheaf.yaml"), configuration(region, ports));
            Node node =
                    Node.start(
                            new NodeOptions(
                                    data, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                            Clock.systemUTC());
            mesh.nodes().add(node);
            mesh.clients()
                    .add(
                            new SheafClient(
                                    node.url(),
                                    TokenSource.file(
                                            data.resolve("keys").resolve("operator.token"))));
        }
        return mesh;
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < REGIONS.size(); i++) {
            held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : held) {
            socket.close();
        }
        return ports;
    }

    private static String configuration(String region, List<Integer> ports) {
        StringBuilder text = new StringBuilder();
        text.append("region: ").append(region).append('\n');
        text.append("identity: {local: {keyFolder: ../issuer}}\n");
        text.append("links:\n  port: ").append(ports.get(REGIONS.indexOf(region)));
        text.append("\n  development: true\n  developmentCa: ../ca\n  peers:\n");
        for (String peer : REGIONS) {
            if (!peer.equals(region)) {
                text.append("    - {region: ").append(peer).append(", host: 127.0.0.1, port: ");
                text.append(ports.get(REGIONS.indexOf(peer))).append("}\n");
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        clients.forEach(SheafClient::close);
        nodes.forEach(Node::close);
    }
}
