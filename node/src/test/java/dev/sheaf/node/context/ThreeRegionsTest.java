package dev.sheaf.node.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ClientOptions;
import dev.sheaf.client.ContextClient;
import dev.sheaf.client.ContextDigestList;
import dev.sheaf.client.ContextDocument;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextReceipt;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.Node;
import dev.sheaf.node.NodeOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Three whole nodes with real links, mutual TLS included, in one process: what the command line
/// starts for a mesh on one machine.
final class ThreeRegionsTest {
    private static final String AWS = "aws/us-east-1";
    private static final String AZURE = "azure/westeurope";
    private static final String GCP = "gcp/europe-west1";
    private static final List<String> REGIONS = List.of(AWS, AZURE, GCP);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ContextKey KEY = new ContextKey("test.session", "s1");

    private static final String TYPE =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: test.session
            domain: testing
            versions:
              - version: "1.0"
                schema:
                  type: object
                  properties:
                    visits: {type: integer}
                    turns: {type: array, items: {type: object}}
            fields:
              /visits: {merge: counter}
              /turns: {merge: conversation}
            residency: {regions: [aws/us-east-1, azure/westeurope, gcp/europe-west1]}
            staleness: important
            """;

    @TempDir static Path folder;

    private static final List<Node> NODES = new ArrayList<>();
    private static final Map<String, SheafClient> CLIENTS = new HashMap<>();

    @BeforeAll
    static void start() throws IOException {
        List<Integer> ports = freePorts(REGIONS.size());
        for (String region : REGIONS) {
            Path data = Files.createDirectories(folder.resolve(region.replace('/', '_')));
            Files.writeString(data.resolve("sheaf.yaml"), configuration(region, ports));
            Node node =
                    Node.start(
                            new NodeOptions(
                                    data, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                            Clock.systemUTC());
            NODES.add(node);
            CLIENTS.put(
                    region,
                    new SheafClient(
                            node.url(),
                            TokenSource.file(data.resolve("keys").resolve("operator.token")),
                            ClientOptions.DEFAULT));
        }
        for (String region : REGIONS) {
            at(region).applyType("test.session", TYPE.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
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

    @AfterAll
    static void stop() {
        CLIENTS.values().forEach(SheafClient::close);
        NODES.forEach(Node::close);
    }

    @Test
    void whatIsWrittenOnBothSidesOfACutIsEverywhereAfterIt() {
        ContextReceipt first = put(AWS, "{\"visits\": 1, \"turns\": []}");
        assertEquals(1, visits(AZURE, first.token()));
        assertEquals(2, visits(GCP, patch(AZURE, 1, "azure").token()));
        assertEquals(3, visits(AWS, patch(GCP, 1, "gcp").token()));

        for (String peer : List.of(AZURE, GCP)) {
            at(AWS).injectFault(peer, LinkFault.cut("both"));
        }
        for (int i = 0; i < 20; i++) {
            patch(AWS, 1, "aws cut off " + i);
            patch(i % 2 == 0 ? AZURE : GCP, 100, "the others " + i);
        }
        Problem stale =
                assertThrows(
                        Problem.class,
                        () -> {
                            until("a read is refused", () -> read(AWS, "200ms", "0s", "") == null);
                            at(AWS).read(KEY, reading("200ms", "500ms", ""));
                        });
        assertEquals(ProblemCode.STALE, stale.code());
        assertEquals(
                23,
                at(AWS).read(KEY, reading("1h", "0s", "")).value().get("visits").intValue(),
                "what is here is served to whom it is fresh enough");

        for (String peer : List.of(AZURE, GCP)) {
            at(AWS).injectFault(peer, LinkFault.heal());
        }
        until("all have applied the same", () -> digests(false).size() == 1);
        assertEquals(1, digests(true).size(), () -> digests(true).toString());
        for (String region : REGIONS) {
            ContextDocument document = at(region).read(KEY, reading("10s", "30s", ""));
            assertEquals(2023, document.value().get("visits").intValue(), region);
            assertEquals(42, document.value().get("turns").size(), region);
        }
    }

    private static ContextClient at(String region) {
        return java.util.Objects.requireNonNull(CLIENTS.get(region)).contexts();
    }

    private static ContextReceipt put(String region, String json) {
        return at(region).put(KEY, json.getBytes(StandardCharsets.UTF_8), ContextWrite.DEFAULT);
    }

    private static ContextReceipt patch(String region, int amount, String turn) {
        String operations =
                """
                [{"op": "increment", "path": "/visits", "value": %d},
                 {"op": "append", "path": "/turns", "value": {"text": "%s"}}]
                """
                        .formatted(amount, turn);
        return at(region)
                .patch(KEY, operations.getBytes(StandardCharsets.UTF_8), ContextWrite.DEFAULT);
    }

    private static int visits(String region, String token) {
        return at(region).read(KEY, reading("1h", "30s", token)).value().get("visits").intValue();
    }

    private static @org.jspecify.annotations.Nullable ContextDocument read(
            String region, String maxStaleness, String patience, String token) {
        try {
            return at(region).read(KEY, reading(maxStaleness, patience, token));
        } catch (Problem problem) {
            assertEquals(ProblemCode.STALE, problem.code(), problem::message);
            return null;
        }
    }

    private static ContextRead reading(String maxStaleness, String patience, String token) {
        return new ContextRead(
                Optional.of(maxStaleness),
                Optional.of(patience),
                token.isEmpty() ? Optional.empty() : Optional.of(token),
                Optional.empty(),
                false);
    }

    /// Of what all regions hold; pairs of them have scopes of their own.
    private static Set<List<String>> digests(boolean content) {
        Set<String> shared = new HashSet<>();
        for (String region : REGIONS) {
            Set<String> scopes =
                    at(region).digests().stream()
                            .map(ContextDigestList.Digest::scope)
                            .collect(Collectors.toSet());
            if (region.equals(REGIONS.getFirst())) {
                shared.addAll(scopes);
            } else {
                shared.retainAll(scopes);
            }
        }
        Set<List<String>> all = new HashSet<>();
        for (String region : REGIONS) {
            List<ContextDigestList.Digest> digests = at(region).digests();
            all.add(
                    digests.stream()
                            .filter(each -> shared.contains(each.scope()))
                            .map(each -> each.vector() + (content ? " " + each.digest() : ""))
                            .toList());
        }
        return all;
    }

    private static void until(String what, BooleanSupplier condition) {
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
