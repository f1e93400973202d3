package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ClientOptions;
import dev.sheaf.client.JoinTokenRequest;
import dev.sheaf.client.MemberInfo;
import dev.sheaf.client.MeshJoin;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// A mesh that begins with one node, which others join: real certificates, links and tokens.
abstract class JoinedRegions {
    static final String AWS = "aws/us-east-1";
    static final String AZURE = "azure/westeurope";
    static final String GCP = "gcp/europe-west1";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir Path folder = Path.of("");
    final Map<String, Node> nodes = new HashMap<>();
    final Map<String, SheafClient> clients = new HashMap<>();
    final MovingClock clock = new MovingClock();

    @AfterEach
    void stop() {
        clients.values().forEach(SheafClient::close);
        nodes.values().forEach(Node::close);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path data(String region) {
        return folder.resolve(region.replace('/', '_'));
    }

    /// The node that the mesh begins with.
    void found(String region) throws IOException {
        Files.createDirectories(data(region));
        Files.writeString(
                data(region).resolve("sheaf.yaml"),
                "region: "
                        + region
                        + "\nlinks: {mesh: acme, port: "
                        + freePort()
                        + ", development: true}\n");
        start(region);
    }

    void start(String region) {
        nodes.put(
                region,
                Node.start(
                        new NodeOptions(
                                data(region),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.of(0)),
                        clock));
        SheafClient before =
                clients.put(
                        region,
                        new SheafClient(
                                node(region).url(),
                                TokenSource.file(data(region).resolve("keys/operator.token"))));
        if (before != null) {
            before.close();
        }
    }

    void halt(String region) {
        node(region).close();
        nodes.remove(region);
    }

    Node node(String region) {
        return Objects.requireNonNull(nodes.get(region));
    }

    SheafClient client(String region) {
        return Objects.requireNonNull(clients.get(region));
    }

    String token(String sponsor, String region) {
        return client(sponsor)
                .members()
                .token(
                        new JoinTokenRequest(
                                region, node(sponsor).url().toString(), OptionalLong.empty()))
                .token();
    }

    /// As `sheaf join` does it.
    void join(String token, Path data) throws IOException {
        MeshJoin join = new MeshJoin(token, data);
        try (SheafClient sponsor =
                new SheafClient(join.sponsor(), () -> "", ClientOptions.DEFAULT)) {
            join.join(sponsor, new MeshJoin.Place("127.0.0.1", freePort(), "", 0, ""));
        }
    }

    void joinAndStart(String sponsor, String region) throws IOException {
        join(token(sponsor, region), data(region));
        start(region);
    }

    MemberInfo member(String at, String region) {
        return client(at).members().list().members().stream()
                .filter(member -> member.region().equals(region))
                .findFirst()
                .orElseThrow();
    }

    boolean isLinked(String at, String region) {
        return client(at).members().list().members().stream()
                .anyMatch(member -> member.region().equals(region) && member.link().equals("up"));
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within " + PATIENCE + ": " + what);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
