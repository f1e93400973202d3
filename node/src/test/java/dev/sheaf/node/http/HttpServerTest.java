package dev.sheaf.node.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.RollbackRequest;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

final class HttpServerTest {
    private static final int REQUESTS_MAX = 2;
    private static final Access READ = Access.needs(Scope.CATALOG_READ);

    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final HttpServer server = server();
    private final int port = server.start();

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
    }

    @Test
    void answersWhoeverMayAskAndNobodyElse() throws IOException {
        assertTrue(get("/open", "").startsWith("HTTP/1.1 200"));
        assertTrue(get("/closed", "Authorization: Bearer reader\r\n").contains("hello ada"));
        assertTrue(get("/closed", "").contains("\"code\":\"UNAUTHENTICATED\""));
        assertTrue(get("/closed", "Authorization: Basic eA==\r\n").startsWith("HTTP/1.1 401"));
        assertTrue(
                get("/closed", "Authorization: Bearer publisher\r\n").startsWith("HTTP/1.1 403"));
    }

    @Test
    void everyAnswerIsGuardedAndHasAnId() throws IOException {
        String answer = get("/open", "X-Request-Id: my-request-1\r\n");
        assertTrue(answer.contains("X-Request-Id: my-request-1\r\n"), answer);
        assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
        assertTrue(answer.contains("Cache-Control: no-store"), answer);
        assertFalse(answer.contains("Jetty"), answer);
        assertFalse(get("/open", "X-Request-Id: a\tb{}\"\r\n").contains("a\tb{}"));
    }

    @Test
    void faultsOfOursAreToldWithoutTheirInside() throws IOException {
        String answer = get("/fault", "");
        assertTrue(answer.startsWith("HTTP/1.1 500"), answer);
        assertTrue(answer.contains("\"code\":\"INTERNAL\""), answer);
        assertFalse(answer.contains("secret detail"), answer);
        assertFalse(answer.contains("Exception"), answer);
    }

    @Test
    void whatIsNotThereIsAProblemToo() throws IOException {
        assertTrue(get("/nothing", "").contains("\"code\":\"NOT_FOUND\""));
        assertTrue(
                send("DELETE /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .contains("BAD_REQUEST"));
        assertTrue(send("GARBAGE\r\n\r\n").contains("HTTP/1.1 400"));
        String large = get("/open", "X-Large: " + "x".repeat(20_000) + "\r\n");
        assertTrue(large.startsWith("HTTP/1.1 431") && large.contains("TOO_LARGE"), large);
    }

    @Test
    void pagesOfOtherOriginsAndReboundNamesAreKeptOut() throws IOException {
        String rebound =
                send("GET /open HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n");
        assertTrue(rebound.startsWith("HTTP/1.1 403"), rebound);
        assertTrue(get("/open", "Origin: https://evil.example.com\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(get("/open", "Origin: https://good.example.com\r\n").startsWith("HTTP/1.1 200"));
    }

    @Test
    void bodiesAreBoundedAndUnderstoodOrRefused() throws IOException {
        assertTrue(post("{\"release\":3}").contains("release 3"));
        assertTrue(post("{\"release\":\"x\"}").contains("BAD_REQUEST"));
        assertTrue(post("{\"force\":1}").contains("BAD_REQUEST"));
        assertTrue(post("").contains("BAD_REQUEST"));
        assertTrue(post(" ".repeat(3000)).contains("TOO_LARGE"));
    }

    @Test
    void aFullNodeSaysSoButTellsItsHealth() throws Exception {
        try (Socket first = open("/wait");
                Socket second = open("/wait")) {
            assertTrue(entered.tryAcquire(REQUESTS_MAX, 5, TimeUnit.SECONDS));
            String answer = get("/closed", "Authorization: Bearer reader\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 503") && answer.contains("Retry-After"), answer);
            assertTrue(get("/open", "").startsWith("HTTP/1.1 200"));
            released.countDown();
            assertTrue(read(first).contains("waited") && read(second).contains("waited"));
        }
    }

    @Test
    void stoppingTakesNothingNewAndWaitsForWhatIsUnderWay() throws Exception {
        try (Socket first = open("/wait")) {
            assertTrue(entered.tryAcquire(5, TimeUnit.SECONDS));
            server.refuseNewWork();
            assertTrue(
                    get("/closed", "Authorization: Bearer reader\r\n").startsWith("HTTP/1.1 503"));
            assertFalse(server.drain(Duration.ofMillis(50)));
            released.countDown();
            assertTrue(read(first).contains("waited"));
            assertTrue(server.drain(Duration.ofSeconds(5)));
        }
    }

    @Test
    void aStreamThatFailsHalfWayIsCutAndNotEnded() throws IOException {
        String answer = get("/broken", "");
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer.substring(0, 20));
        assertFalse(answer.endsWith("0\r\n\r\n"), "the last chunk was sent");
    }

    @Test
    void aStreamThatFailsBeforeItsFirstByteIsAProblem() throws IOException {
        String answer = get("/broken-early", "");
        assertTrue(answer.startsWith("HTTP/1.1 504") && answer.contains("TIMED_OUT"), answer);
    }

    @Test
    void aCallerWhoHangsUpIsNoticed() throws Exception {
        try (Socket caller = open("/wait")) {
            assertTrue(entered.tryAcquire(5, TimeUnit.SECONDS));
        }
        assertTrue(hungUp.await(5, TimeUnit.SECONDS));
    }

    @Test
    void longWorkOutlivesTheIdleTime() throws Exception {
        try (Socket caller = open("/wait")) {
            assertTrue(entered.tryAcquire(5, TimeUnit.SECONDS));
            Thread.sleep(2500);
            released.countDown();
            assertTrue(read(caller).contains("waited"));
        }
    }

    @Test
    void aTakenPortIsAClearError() {
        HttpServer second = server(port, REQUESTS_MAX);
        Problem problem = assertThrows(Problem.class, second::start);
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertTrue(problem.message().contains("choose another port"), problem.message());
        second.close();
    }

    private HttpServer server() {
        return server(0, REQUESTS_MAX);
    }

    private HttpServer server(int wantedPort, int requestsMax) {
        HttpSettings settings =
                new HttpSettings(
                        "127.0.0.1",
                        wantedPort,
                        Optional.empty(),
                        HostCheck.of(true, List.of(), List.of("https://good.example.com")),
                        new ByteSize(16 << 10),
                        new ByteSize(2000),
                        requestsMax,
                        100,
                        Duration.ofSeconds(2));
        List<Route> routes =
                List.of(
                        Route.always("GET", "/open", Access.open(), r -> text("open")),
                        Route.of(
                                "GET", "/closed", READ, r -> text("hello " + r.caller().subject())),
                        Route.of("GET", "/wait", Access.open(), this::waitUntilReleased),
                        Route.of(
                                "POST",
                                "/body",
                                Access.open(),
                                r -> text("release " + r.json(RollbackRequest.class).release())),
                        Route.of("GET", "/fault", Access.open(), r -> fault()),
                        Route.of("GET", "/broken", Access.open(), r -> stream(200_000)),
                        Route.of("GET", "/broken-early", Access.open(), r -> stream(0)));
        return new HttpServer(
                settings,
                routes,
                new Admission(HttpServerTest::caller, new Audit()),
                (r, s, n) -> {});
    }

    private Reply waitUntilReleased(Request request) {
        request.onDisconnect(() -> {
            hungUp.countDown();
            released.countDown();
        });
        entered.release();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return text("waited");
    }

    private static Reply fault() {
        throw new IllegalStateException("secret detail");
    }

    private static Reply stream(int bytes) {
        return new Reply.Stream(
                200,
                "text/plain",
                body -> {
                    body.write(new byte[bytes]);
                    throw new Problem(ProblemCode.TIMED_OUT, "it took too long");
                },
                Map.of());
    }

    private static Reply text(String text) {
        return new Reply.Bytes(200, "text/plain", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static Principal caller(String token) {
        return switch (token) {
            case "reader" ->
                    new Principal("ada", "test", Set.of(Scope.CATALOG_READ), Set.of(), Set.of());
            case "publisher" ->
                    new Principal("bob", "test", Set.of(Scope.PRODUCT_PUBLISH), Set.of(), Set.of());
            default -> throw new Problem(ProblemCode.UNAUTHENTICATED, "unknown token");
        };
    }

    private String post(String body) throws IOException {
        return send(
                "POST /body HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    private String get(String path, String headers) throws IOException {
        return send(
                "GET "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + headers
                        + "\r\n");
    }

    private Socket open(String path) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(
                        ("GET "
                                        + path
                                        + " HTTP/1.1\r\n"
                                        + "Host: localhost\r\n"
                                        + "Connection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
