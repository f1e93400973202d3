package dev.sheaf.node.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.Wire;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.util.List;

/// Events over HTTP, in every form they come in.
final class IngestApiTest {
    private static final String PATH = "/api/v1/contexts/events?type=session";
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final ApiRig rig = new ApiRig(true);

    @AfterEach
    void stop() {
        rig.close();
    }

    private static String event(String eventId, String id, String more) {
        return """
        {"eventId":"%s","timestamp":"2026-01-15T14:30:00.000Z","version":"1.1","contextId":"%s",\
        "cloudRegion":"us-east-1","eventType":"CONTEXT_STATE","payload":{"state":{"a":1}}%s}\
        """
                .formatted(eventId, id, more);
    }

    @Test
    void oneEventIsWrittenOrItsRefusalIsTheAnswer() {
        HttpResponse<String> written = rig.post(PATH, JSON, event("e1", "a", ""));
        assertEquals(200, written.statusCode(), written.body());
        assertEquals("v1", ApiRig.json(written).at("/results/0/receipt/version").asString());
        assertEquals("{\"a\":1}", rig.get("/contexts/session/a").body());
        HttpResponse<String> refused = rig.post(PATH, JSON, event("", "a", ""));
        assertEquals(400, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("eventId"), refused.body());
        assertEquals(
                404,
                rig.post(PATH, JSON, event("e2", "a", ",\"contextType\":\"nothing\""))
                        .statusCode());
        assertEquals(
                400,
                rig.post("/contexts/events", JSON, event("e2", "a", "")).statusCode(),
                "no type anywhere");
    }

    @Test
    void aBatchSaysWhatBecameOfEachEvent() {
        String batch =
                "["
                        + event("e1", "a", "")
                        + ","
                        + event("", "b", "")
                        + ","
                        + event("e1", "a", "")
                        + ","
                        + event("e3", "c", ",\"contextType\":\"feature.row\"")
                        + "]";
        JsonNode answer = ApiRig.json(rig.post(PATH, JSON, batch));
        assertEquals(
                "[4,2,1,1]",
                "["
                        + answer.path("events").asInt()
                        + ","
                        + answer.path("written").asInt()
                        + ","
                        + answer.path("duplicates").asInt()
                        + ","
                        + answer.path("refused").asInt()
                        + "]");
        assertEquals(1, answer.at("/results/1/index").asInt());
        assertEquals("BAD_REQUEST", answer.at("/results/1/problem/code").asString());
        assertTrue(answer.at("/results/2/receipt/duplicate").asBoolean());
        assertEquals("{\"a\":1}", rig.get("/contexts/feature.row/c").body());
    }

    @Test
    void linesAreAnsweredWithLines() {
        String lines = event("e1", "a", "") + "\n" + event("", "b", "") + "\n";
        HttpResponse<String> answer = rig.post(PATH, NDJSON, lines, "Accept", NDJSON);
        assertEquals(200, answer.statusCode());
        assertEquals(NDJSON, answer.headers().firstValue("Content-Type").orElse(""));
        List<String> results = answer.body().lines().toList();
        assertEquals(2, results.size());
        assertTrue(Wire.json().readTree(results.getFirst()).has("receipt"), results.getFirst());
        assertTrue(Wire.json().readTree(results.getLast()).has("problem"), results.getLast());
        HttpResponse<String> one = rig.post(PATH, NDJSON, event("", "b", "") + "\n");
        assertEquals(200, one.statusCode(), "a batch of one is a batch");
    }

    @Test
    void cloudEventsAreEventsInAnEnvelope() {
        String envelope =
                """
                {"specversion":"1.0","id":"%s","source":"/contexts/session","type":"dev.sheaf.context.state",\
                "subject":"a","time":"2026-01-15T14:30:00Z","data":%s}\
                """;
        assertEquals(
                200,
                rig.post(
                                PATH,
                                "application/cloudevents+json; charset=utf-8",
                                envelope.formatted("e1", event("e1", "a", "")))
                        .statusCode());
        HttpResponse<String> batch =
                rig.post(
                        PATH,
                        "application/cloudevents-batch+json",
                        "[" + envelope.formatted("e2", event("e2", "b", "")) + "]");
        assertEquals(1, ApiRig.json(batch).path("written").asInt(), batch.body());
    }

    @Test
    void badBodiesAreRefused() {
        assertEquals(400, rig.post(PATH, JSON, "hello").statusCode());
        assertEquals(400, rig.post(PATH, JSON, " ").statusCode());
        assertEquals(400, rig.post(PATH, JSON, "[]").statusCode());
        assertEquals(400, rig.post(PATH, JSON, "{\"payload\":" + "[".repeat(10_000)).statusCode());
        assertEquals(415, rig.post(PATH, "text/csv", "a,b").statusCode());
        assertEquals(413, rig.post(PATH, NDJSON, " ".repeat(300 << 10)).statusCode());
        JsonNode broken = ApiRig.json(rig.post(PATH, JSON, "[" + event("e1", "a", "") + ",{"));
        assertEquals(1, broken.path("written").asInt(), "what came before the fault counts");
        assertEquals(1, broken.path("refused").asInt());
    }

    @Test
    void nothingIsWrittenWhereTheTokenDoesNotCoverOneOfTheTypes() {
        String batch = event("e1", "a", "") + event("e2", "b", ",\"contextType\":\"feature.row\"");
        HttpResponse<String> refused =
                rig.send("POST", PATH, "context.write@support", batch, "Content-Type", NDJSON);
        assertEquals(404, refused.statusCode());
        assertTrue(refused.body().contains("'feature.row' that you may see"), refused.body());
        assertEquals(List.of(), rig.context.writes);
        HttpResponse<String> taken =
                rig.send(
                        "POST",
                        PATH,
                        "context.write@support,science",
                        batch,
                        "Content-Type",
                        NDJSON);
        assertEquals(2, ApiRig.json(taken).path("written").asInt(), taken.body());
    }
}
