package dev.sheaf.node.opa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Column;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.Mask;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.StandardPack;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

final class ExternalOpaTest {
    private static final Duration TIMEOUT = Duration.ofMillis(250);
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    @TempDir private Path folder = Path.of("");
    private HttpServer server;
    private ExecutorService threads;
    private volatile String answered = "{}";
    private volatile int status = 200;
    private volatile Duration pause = Duration.ZERO;
    private volatile int drops;
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void itsDecisionCountsWithMasksAndFilters() {
        answered =
                "{\"result\":{\"allow\":true,\"reasons\":[\"r\"],\"masks\":{\"email\":{\"kind\":"
                        + "\"hash\"}},\"filters\":[\"x = 1\"]}}";
        assertEquals(
                new Decision.Allow(
                        List.of("r"),
                        Map.of("email", new Mask.Hash()),
                        List.of("x = 1"),
                        "external"),
                decide(Optional.empty()));
        assertEquals("POST /v1/data/sheaf/decision null", asked.get(0));
        assertEquals(
                question(Set.of()).toInput(),
                ((ObjectValue) JsonValues.parse(asked.get(1))).get("input"));
    }

    @Test
    void itIsAskedWithTheTokenAsItIsNow() throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "first\n");
        decide(Optional.of(token));
        Files.writeString(token, "second");
        decide(Optional.of(token));
        assertTrue(asked.get(0).endsWith("Bearer first"));
        assertTrue(asked.get(2).endsWith("Bearer second"));
        Files.writeString(token, "no\ttoken");
        requireDenied("policy.unreachable", decide(Optional.of(token)));
        requireDenied("policy.unreachable", decide(Optional.of(folder.resolve("none"))));
        assertEquals(4, asked.size());
    }

    @Test
    void whatItDoesNotSayProperlyIsDenied() {
        Map<String, String> wrong =
                Map.of(
                        "{}", "policy.silent",
                        "{\"result\": true}", "policy.silent",
                        "{\"result\": {\"allow\": \"true\", \"reasons\": [\"no\"]}}", "no",
                        "{\"result\": {\"allow\": true, \"masks\": {\"a\": {\"kind\": \"x\"}}}}",
                                "policy.failed",
                        "{\"result\": {\"allow\": true, \"filters\": [1]}}", "policy.failed",
                        "[]", "policy.unreachable",
                        "{\"result\":", "policy.unreachable",
                        "", "policy.unreachable");
        wrong.forEach((text, reason) -> {
            answered = text;
            requireDenied(reason, decide(Optional.empty()));
        });
        answered = "{\"result\":{\"allow\":true}}";
        assertInstanceOf(Decision.Allow.class, decide(Optional.empty()));
        for (int other : new int[] {201, 301, 400, 401, 404, 500}) {
            status = other;
            requireDenied("policy.unreachable", decide(Optional.empty()));
        }
    }

    @Test
    void whatIsSlowIsDeniedInTime() {
        answered = "{\"result\":{\"allow\":true}}";
        pause = Duration.ofSeconds(5);
        requireDeniedInTime();
        pause = Duration.ZERO;
        drops = 100;
        requireDeniedInTime();
    }

    @Test
    void anAnswerWithoutEndIsDenied() {
        answered = "{\"result\":{\"allow\":true},\"x\":\"" + "x".repeat(3 << 20) + "\"}";
        requireDenied("policy.unreachable", decide(Optional.empty()));
    }

    @Test
    void nobodyThereIsDeniedAndNotReady() {
        answered = "{\"result\":{\"allow\":true}}";
        try (ExternalOpa opa = new ExternalOpa(url(), Optional.empty(), TIMEOUT)) {
            opa.requireHealthy();
            server.stop(0);
            requireDenied("policy.unreachable", opa.decide(question(Set.of())));
            assertEquals(
                    ProblemCode.UNAVAILABLE,
                    assertThrows(Problem.class, opa::requireHealthy).code());
        }
    }

    /// With the real program: it reads the pack as we do.
    @Test
    void aRealOpaDecidesThePackAsTheNodeDoes() throws Exception {
        Optional<Path> program = program();
        assumeTrue(
                program.isPresent(),
                "skipped: no opa on the PATH, and no property sheaf.opa that names it");
        for (String file : StandardPack.FILES) {
            Files.writeString(folder.resolve(file), StandardPack.text(file));
        }
        Files.writeString(
                folder.resolve(StandardPack.SETTINGS), StandardPack.text(StandardPack.SETTINGS));
        int port = freePort();
        Process process =
                new ProcessBuilder(
                                program.get().toString(),
                                "run",
                                "--server",
                                "--addr",
                                "127.0.0.1:" + port,
                                "--disable-telemetry",
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Decider decider = new Decider(System::nanoTime, new Random(1));
        decider.use(StandardPack.load());
        try (ExternalOpa opa =
                new ExternalOpa(
                        URI.create("http://127.0.0.1:" + port),
                        Optional.empty(),
                        Duration.ofSeconds(2))) {
            awaitHealthy(opa);
            int allowed = 0;
            for (Question question : questions()) {
                Decision mine = decider.decide(question);
                Decision theirs = opa.decide(question);
                assertEquals(shown(mine), shown(theirs), question.toString());
                allowed += mine instanceof Decision.Allow ? 1 : 0;
            }
            assertTrue(allowed > 10 && allowed < questions().size() - 10, allowed + " allowed");
        } finally {
            process.destroy();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        }
    }

    private static void awaitHealthy(ExternalOpa opa) throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                opa.requireHealthy();
                return;
            } catch (Problem notYet) {
                if (i == 100) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    private static List<Question> questions() {
        List<Question> all = new ArrayList<>();
        for (Action action : Action.values()) {
            for (Set<String> domains : List.of(Set.<String>of(), Set.of("sales"), Set.of("*"))) {
                for (String purpose : List.of("", "churn")) {
                    all.add(question(domains, action, purpose));
                }
            }
        }
        return all;
    }

    /// Without the revision, which they do not share.
    private static String shown(Decision decision) {
        return switch (decision) {
            case Decision.Deny denied -> "deny " + denied.reasons();
            case Decision.Allow allowed ->
                    "allow "
                            + allowed.reasons()
                            + new java.util.TreeMap<>(allowed.masks())
                            + allowed.filters();
        };
    }

    private static Optional<Path> program() {
        String named = System.getProperty("sheaf.opa", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        String places = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(places.split(File.pathSeparator, -1))
                .map(place -> Path.of(place, "opa"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void requireDeniedInTime() {
        long began = System.nanoTime();
        requireDenied("policy.unreachable", decide(Optional.empty()));
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertTrue(millis < 4 * TIMEOUT.toMillis(), millis + " ms");
    }

    private static void requireDenied(String reason, Decision decision) {
        Decision.Deny denied = assertInstanceOf(Decision.Deny.class, decision);
        assertTrue(
                denied.reasons().getFirst().startsWith(reason.isEmpty() ? "" : reason)
                        || denied.reasons().contains(reason),
                denied.toString());
    }

    private Decision decide(Optional<Path> token) {
        try (ExternalOpa opa = new ExternalOpa(url(), token, TIMEOUT)) {
            return opa.decide(question(Set.of()));
        }
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static Question question(Set<String> domains) {
        return question(domains, Action.PRODUCT_QUERY, "churn");
    }

    private static Question question(Set<String> domains, Action action, String purpose) {
        return new Question(
                new Subject("ada", "user", Set.of(), Set.of("auditor"), domains),
                action,
                new Resource(
                        "product",
                        "sales.orders",
                        "sales",
                        "orders",
                        "aws/eu-west-1",
                        "",
                        true,
                        List.of(),
                        List.of(
                                new Column("email", "email", List.of(), ""),
                                new Column("ssn", "secret", List.of(), ""),
                                new Column("born", "date_of_birth", List.of(), "")),
                        OptionalInt.of(400),
                        Optional.of(new java.math.BigDecimal("0.97")),
                        Optional.of(false)),
                new Circumstances(
                        NOW,
                        purpose,
                        "aws/us-east-1",
                        "duckdb",
                        List.of(
                                new GrantFacts(
                                        "g-1",
                                        "sales.orders",
                                        "churn",
                                        NOW.minusSeconds(60),
                                        NOW.plusSeconds(60),
                                        false,
                                        false))));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("POST")) {
                asked.add(
                        "POST "
                                + exchange.getRequestURI()
                                + " "
                                + exchange.getRequestHeaders().getFirst("Authorization"));
                asked.add(body);
            }
            Thread.sleep(pause);
            byte[] bytes = answered.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, 0);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < drops; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
            }
            out.write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
