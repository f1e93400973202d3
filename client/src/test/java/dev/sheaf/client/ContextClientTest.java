package dev.sheaf.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ScriptedNode.Answer;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ContextClientTest {
    private static final byte[] JSON = {'1'};
    private static final Answer BUSY = new Answer(503, "text/plain", "busy", false);
    private static final Answer RECEIPT =
            Answer.json(
                    """
                    {"eventId":"e","duplicate":false,"changed":true,"dot":"d","at":"2026-11-26T09:00:00Z",\
                    "token":"t","version":"v"}\
                    """);

    private static ContextWrite named(String eventId) {
        return new ContextWrite(
                Optional.of(eventId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a%2Fb",
        "'50% ü', 50%25%20%C3%BC",
        "'a+b;c?d#e', a%2Bb%3Bc%3Fd%23e",
        "., %2E",
        ".., %2E%2E",
        "a/../b, a%2F..%2Fb"
    })
    void anyIdIsOneSegment(String id, String encoded) throws IOException {
        try (ScriptedNode node = new ScriptedNode(RECEIPT);
                SheafClient client = node.client()) {
            client.contexts().put(new ContextKey("session", id), JSON, ContextWrite.DEFAULT);
            assertEquals("/api/v1/contexts/session/" + encoded, node.requests().getFirst().path());
        }
    }

    @Test
    void aWriteIsRepeatedIfItHasANameAndNeverOtherwise() throws IOException {
        ContextKey key = new ContextKey("session", "a");
        try (ScriptedNode node = new ScriptedNode(BUSY, RECEIPT);
                SheafClient client = node.client()) {
            assertEquals("v", client.contexts().put(key, JSON, named("e")).version());
            assertEquals(2, node.requests().size());
        }
        try (ScriptedNode node = new ScriptedNode(BUSY, RECEIPT);
                SheafClient client = node.client()) {
            assertThrows(Problem.class, () -> client.contexts().delete(key, ContextWrite.DEFAULT));
            assertEquals(1, node.requests().size());
        }
    }

    @Test
    void aReadThatIsStaleIsToldAtOnce() throws IOException {
        Answer stale =
                new Answer(
                        503,
                        ProblemBody.MEDIA_TYPE,
                        """
                        {"type":"t","title":"Stale","status":503,"detail":"too old","code":"STALE","retryable":true,\
                        "instance":"i","requestId":"1","measuredStalenessMs":250,"freshRegion":"azure/westeurope"}\
                        """,
                        false);
        try (ScriptedNode node = new ScriptedNode(stale);
                SheafClient client = node.client()) {
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () ->
                                    client.contexts()
                                            .read(
                                                    new ContextKey("session", "a"),
                                                    ContextRead.DEFAULT));
            assertEquals(ProblemCode.STALE, problem.code());
            assertEquals(250, problem.details().get("measuredStalenessMs"));
            assertEquals(1, node.requests().size());
        }
    }

    @Test
    void changesAreFollowedFromTheLastOneSeen() throws IOException {
        String change =
                """
                id: %1$s
                event: change
                data: {"position":"%1$s","type":"session","id":"a"%2$s,"version":"v","eventId":"e","origin":"o",\
                "at":"2026-11-26T09:00:00Z"}

                """;
        try (ScriptedNode node =
                        new ScriptedNode(
                                new Answer(
                                        200,
                                        "text/event-stream",
                                        change.formatted("7", ",\"value\":null"),
                                        true),
                                new Answer(
                                        200,
                                        "text/event-stream",
                                        ": still there\n\n" + change.formatted("9", ""),
                                        false));
                SheafClient client = node.client()) {
            List<ContextChange> seen = new ArrayList<>();
            client.contexts()
                    .watch(
                            "session",
                            Optional.empty(),
                            Optional.of("3"),
                            each -> {
                                seen.add(each);
                                return seen.size() < 2;
                            });
            assertTrue(seen.getFirst().value().orElseThrow().isNull(), "null is a value");
            assertEquals(Optional.empty(), seen.getLast().value());
            assertEquals(
                    List.of(
                            "/api/v1/context-watch/session?position=3",
                            "/api/v1/context-watch/session?position=7"),
                    node.requests().stream().map(ScriptedNode.Request::path).toList());
        }
    }

    @Test
    void aRefusedStreamIsAProblem() throws IOException {
        Answer refused =
                new Answer(
                        400,
                        ProblemBody.MEDIA_TYPE,
                        """
                        {"type":"t","title":"x","status":400,"detail":"no position","code":"INVALID_VALUE","retryable":false,\
                        "instance":"i","requestId":"1"}\
                        """,
                        false);
        try (ScriptedNode node = new ScriptedNode(refused);
                SheafClient client = node.client()) {
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () ->
                                    client.contexts()
                                            .watch(
                                                    "session",
                                                    Optional.empty(),
                                                    Optional.of("x"),
                                                    change -> true));
            assertEquals(ProblemCode.INVALID_VALUE, problem.code());
        }
    }
}
