package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.TokenSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Two nodes of one mesh, with real links between them.
abstract class TwoRegions {
    static final String AWS = "aws/us-east-1";
    static final String AZURE = "azure/westeurope";
    static final String GCP = "gcp/europe-west1";
    private static final List<String> REGIONS = List.of(AWS, AZURE, GCP);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder = Path.of("");
    final Map<String, Node> nodes = new HashMap<>();
    final List<SheafClient> clients = new ArrayList<>();

    private List<Integer> ports = List.of();
    private final List<String> scopes;

    /// @param scopes of those whom the test asks for
    TwoRegions(String... scopes) {
        this.scopes = List.of(scopes);
    }

    @BeforeEach
    void choosePorts() throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < REGIONS.size(); i++) {
            held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        ports = held.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : held) {
            socket.close();
        }
    }

    @AfterEach
    void stop() {
        clients.forEach(SheafClient::close);
        nodes.values().forEach(Node::close);
    }

    void start(String region, boolean hasPeer, boolean joins) throws IOException {
        Path data = Files.createDirectories(data(region));
        String peer = region.equals(AWS) ? AZURE : AWS;
        Files.writeString(
                data.resolve("sheaf.yaml"),
                "region: "
                        + region
                        + (joins ? "\ncontext:\n  join: true" : "")
                        + (hasPeer
                                ? """

                                links:
                                  port: %d
                                  development: true
                                  developmentCa: ../ca
                                  peers:
                                    - {region: %s, host: 127.0.0.1, port: %d}
                                """
                                        .formatted(
                                                ports.get(REGIONS.indexOf(region)),
                                                peer,
                                                ports.get(REGIONS.indexOf(peer)))
                                : "\n"));
        nodes.put(
                region,
                Node.start(
                        new NodeOptions(
                                data, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                        Clock.systemUTC()));
    }

    /// Starts a node that has links with the others and takes their tokens.
    ///
    /// @param more lines of its configuration
    void startAmong(List<String> regions, String region, String more) throws IOException {
        Path data = Files.createDirectories(data(region));
        StringBuilder peers = new StringBuilder();
        for (String peer : regions) {
            if (!peer.equals(region)) {
                peers.append(
                        "    - {region: %s, host: 127.0.0.1, port: %d}\n"
                                .formatted(peer, dialedPort(region, peer)));
            }
        }
        Files.writeString(
                data.resolve("sheaf.yaml"),
                """
                region: %s
                identity:
                  local: {keyFolder: ../issuer}
                links:
                  port: %d
                  development: true
                  developmentCa: ../ca
                  pulseInterval: 200ms
                  silenceMax: 2s
                  peers:
                %s%s
                """
                        .formatted(region, port(region), peers, more));
        nodes.put(
                region,
                Node.start(
                        new NodeOptions(
                                data, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                        Clock.systemUTC()));
    }

    /// Where a region dials another; a test may put something in between.
    int dialedPort(String region, String peer) {
        return port(peer);
    }

    /// Where a region listens for its peers.
    int port(String region) {
        return ports.get(REGIONS.indexOf(region));
    }

    Path data(String region) {
        return folder.resolve(region.replace('/', '_'));
    }

    SheafClient operator(String region) {
        return remember(
                new SheafClient(
                        Objects.requireNonNull(nodes.get(region)).url(),
                        TokenSource.file(data(region).resolve("keys").resolve("operator.token"))));
    }

    String token(String region, String subject, String domain) {
        return operator(region)
                .createToken(
                        new TokenRequest(
                                subject, scopes, List.of(domain), List.of(), OptionalLong.empty()))
                .token();
    }

    SheafClient as(String region, String subject, String domain) {
        String token = token(region, subject, domain);
        return remember(
                new SheafClient(Objects.requireNonNull(nodes.get(region)).url(), () -> token));
    }

    private SheafClient remember(SheafClient client) {
        clients.add(client);
        return client;
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within " + PATIENCE + ": " + what);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
