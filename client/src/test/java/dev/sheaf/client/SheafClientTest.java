package dev.sheaf.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ScriptedNode.Answer;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

final class SheafClientTest {
    private static final ProductName ORDERS = ProductName.parse("sales.orders");
    private static final String RUN =
            """
            {"id":"r1","product":"sales.orders","state":"%s","dryRun":false,"startedBy":"ada",\
            "startedAt":"2026-11-20T09:00:00Z","contractVersion":"1.0.0","inputs":[],"rowsIn":3,\
            "rowsPublished":2,"rowsQuarantined":1,"somethingNew":true}\
            """;

    @Test
    void sendsTheTokenAndPassesOverMembersItDoesNotKnow() throws IOException {
        try (ScriptedNode node = new ScriptedNode(Answer.json(RUN.formatted("committed")));
                SheafClient client = node.client()) {
            RunInfo run = client.run("r1");
            assertEquals(RunState.COMMITTED, run.state());
            assertEquals(Optional.empty(), run.finishedAt());
            assertEquals(OptionalLong.empty(), run.release());
            assertEquals("Bearer the-token", node.requests().getFirst().authorization());
        }
    }

    @Test
    void turnsProblemJsonIntoTheProblemItWas() throws IOException {
        String body =
                """
                {"type":"https://sheaf.dev/problems/not-found","title":"Not found","status":404,\
                "detail":"there is no product","code":"NOT_FOUND","retryable":false,\
                "instance":"urn:sheaf:request:7","requestId":"7","didYouMean":["sales.orders"]}\
                """;
        try (ScriptedNode node =
                        new ScriptedNode(new Answer(404, ProblemBody.MEDIA_TYPE, body, false));
                SheafClient client = node.client()) {
            Problem problem = assertThrows(Problem.class, () -> client.product(ORDERS));
            assertEquals(ProblemCode.NOT_FOUND, problem.code());
            assertEquals("there is no product", problem.message());
            assertEquals(List.of("sales.orders"), problem.details().get("didYouMean"));
            assertEquals("7", problem.details().get("requestId"));
        }
    }

    @Test
    void namesTheStatusOfAnAnswerThatIsNotANodes() throws IOException {
        try (ScriptedNode node =
                        new ScriptedNode(new Answer(502, "text/html", "<h1>gateway</h1>", false));
                SheafClient client = node.client()) {
            Problem problem = assertThrows(Problem.class, client::products);
            assertEquals(ProblemCode.UNAVAILABLE, problem.code());
            assertTrue(problem.message().contains("502"), problem.message());
        }
    }

    @Test
    void repeatsWhatChangesNothingUntilTheNodeIsReady() throws IOException {
        Answer busy = new Answer(503, "text/plain", "busy", false);
        try (ScriptedNode node = new ScriptedNode(busy, busy, Answer.json("{\"products\":[]}"));
                SheafClient client = node.client()) {
            assertEquals(List.of(), client.products());
            assertEquals(3, node.requests().size());
        }
    }

    @Test
    void neverRepeatsWhatChangesSomething() throws IOException {
        try (ScriptedNode node = new ScriptedNode(new Answer(503, "text/plain", "busy", false));
                SheafClient client = node.client()) {
            assertThrows(Problem.class, () -> client.rollback(ORDERS, 1));
            assertEquals(1, node.requests().size());
        }
    }

    @Test
    void saysThatANodeDoesNotAnswer() {
        SheafClient client = new SheafClient(URI.create("http://127.0.0.1:1"), () -> "t");
        Problem problem = assertThrows(Problem.class, client::node);
        assertEquals(ProblemCode.UNAVAILABLE, problem.code());
        assertTrue(problem.message().contains("connection refused"), problem.message());
    }

    @Test
    void uploadsFilesAndStreamsAsParts(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("day \"1\".csv"), "id\n1\n");
        AtomicLong sent = new AtomicLong();
        try (ScriptedNode node =
                        new ScriptedNode(
                                new Answer(
                                        202, "application/json", RUN.formatted("waiting"), false));
                SheafClient client = node.client()) {
            byte[] more = "id\n2\n".getBytes(StandardCharsets.UTF_8);
            List<Upload> uploads =
                    List.of(
                            Upload.of(file),
                            new Upload.OfStream("-.csv", () -> new ByteArrayInputStream(more)));
            assertEquals(
                    RunState.WAITING, client.publish(ORDERS, uploads, true, sent::set).state());
            ScriptedNode.Request request = node.requests().getFirst();
            assertEquals("/api/v1/products/sales.orders/publishes?dryRun=true", request.path());
            assertTrue(request.body().contains("filename=\"day %221%22.csv\"\r\n"), request.body());
            assertTrue(request.body().contains("\r\n\r\nid\n2\n\r\n--"), request.body());
            assertEquals(request.body().length(), sent.get());
        }
    }

    @Test
    void followsARunToItsEndAcrossABrokenStream() throws IOException {
        String running = "event: progress\ndata: " + RUN.formatted("running") + "\n\n";
        String end = ": beat\n\nevent: finished\ndata: " + RUN.formatted("committed") + "\n\n";
        try (ScriptedNode node =
                        new ScriptedNode(
                                new Answer(200, "text/event-stream", running, true),
                                Answer.json(RUN.formatted("running")),
                                new Answer(200, "text/event-stream", end, false));
                SheafClient client = node.client()) {
            List<RunState> states = new ArrayList<>();
            assertEquals(
                    RunState.COMMITTED, client.await("r1", run -> states.add(run.state())).state());
            assertEquals(List.of(RunState.RUNNING, RunState.COMMITTED), states);
        }
    }

    @Test
    void asksWhyAResultBrokeOff() throws IOException {
        String info =
                """
                {"id":"q-1","state":"failed","startedAt":"2026-11-20T09:00:00Z","rows":1,"bytes":9,"elapsedMillis":5,\
                "problem":{"type":"t","title":"Timed out","status":504,"detail":"it took longer than 1 s",\
                "code":"TIMED_OUT","retryable":true,"instance":"i","requestId":"8"}}\
                """;
        try (ScriptedNode node =
                        new ScriptedNode(
                                new Answer(200, "text/csv", "id\n1\n", true), Answer.json(info));
                SheafClient client = node.client();
                ResultStream result =
                        client.query(
                                new QueryRequest(
                                        "SELECT 1", OptionalInt.empty(), OptionalLong.empty()),
                                ResultFormat.CSV)) {
            Problem problem = assertThrows(Problem.class, () -> result.body().readAllBytes());
            assertEquals(ProblemCode.TIMED_OUT, problem.code());
            assertEquals("it took longer than 1 s", problem.message());
        }
    }
}
