package dev.sheaf.node.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.Wire;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.governance.decision.GrantFacts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Server-sent events over sockets, so that a reader can be slow, gone or wrong.
final class StreamApiTest {
    private static final String WATCH = "/api/v1/context-watch/session";

    private final ApiRig rig = new ApiRig(true);

    @AfterEach
    void stop() {
        rig.close();
    }

    /// A stream as its reader sees it.
    private static final class Reader implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Reader(Socket socket) throws IOException {
            this.socket = socket;
            this.lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            assertEquals("HTTP/1.1 200 OK", line);
            while (!": it begins".equals(line)) {
                line = lines.readLine();
            }
        }

        /// Events until the stream ends.
        List<String> rest() throws IOException {
            List<String> events = new ArrayList<>();
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        events.add(line);
                    }
                }
            } catch (java.net.SocketException broken) {
                return events;
            }
            return events;
        }

        /// The lines of the next event.
        List<String> next() throws IOException {
            List<String> event = new ArrayList<>();
            for (String line = lines.readLine();
                    !line.isEmpty() || event.isEmpty();
                    line = lines.readLine()) {
                if (line.startsWith("id:")
                        || line.startsWith("event:")
                        || line.startsWith("data:")) {
                    event.add(line);
                }
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Reader open(String path, String headers) throws IOException {
        return new Reader(rig.raw("GET", path, headers));
    }

    @Test
    void changesArriveInOrderAndCanBeTakenUpAgain() throws Exception {
        try (Reader reader = open(WATCH, "")) {
            rig.put("/contexts/session/a", "{\"n\":1}");
            rig.put("/contexts/feature.row/a", "0");
            rig.put("/contexts/session/b", "2");
            rig.send("DELETE", "/contexts/session/a", ApiRig.ALL, "");
            List<String> first = reader.next();
            assertEquals(List.of("id: 1", "event: change"), first.subList(0, 2));
            JsonNode data = data(first);
            assertEquals("{\"n\":1}", data.get("value").toString());
            assertEquals("session a v1", text(data, "type", "id", "version"));
            assertEquals("id: 3", reader.next().getFirst());
            assertTrue(data(reader.next()).path("value").isMissingNode(), "it is gone");
        }
        try (Reader reader = open(WATCH, "Last-Event-ID: 1\r\n")) {
            assertEquals("id: 3", reader.next().getFirst());
        }
        await(() -> rig.routes.streamsOpen() == 0);
        try (Reader reader = open(WATCH + "?position=0&id=b", "")) {
            assertEquals("id: 3", reader.next().getFirst());
        }
    }

    @Test
    void aDocumentThatIsNullIsNotOneThatIsGone() throws IOException {
        rig.put("/contexts/session/a", "null");
        try (Reader reader = open(WATCH + "?position=0", "")) {
            assertTrue(data(reader.next()).path("value").isNull());
        }
    }

    @Test
    void aPositionThatIsNoneIsAProblemAndNoStream() {
        HttpResponse<String> answer = rig.get(WATCH, "Last-Event-ID", "garbage");
        assertEquals(400, answer.statusCode());
        assertEquals("INVALID_VALUE", ApiRig.code(answer));
        assertEquals(400, rig.get(WATCH + "?position=%00").statusCode());
        assertEquals(400, rig.get(WATCH + "?id=%0A").statusCode());
        assertEquals(404, rig.get("/api/v1/context-watch/nothing").statusCode());
        assertEquals(0, rig.routes.streamsOpen());
    }

    @Test
    void streamsAreBoundedAndAReaderWhoLeavesMakesRoom() throws Exception {
        try (Reader first = open(WATCH, "");
                Reader second = open(WATCH, "")) {
            assertEquals(ApiRig.STREAMS_MAX, rig.routes.streamsOpen());
            HttpResponse<String> third = rig.get(WATCH);
            assertEquals(503, third.statusCode());
            assertEquals("BUSY", ApiRig.code(third));
            assertEquals(200, rig.put("/contexts/session/a", "1").statusCode(), "others go on");
            assertEquals("id: 1", first.next().getFirst());
            assertEquals("id: 1", second.next().getFirst());
        }
        await(() -> rig.routes.streamsOpen() == 0);
        await(() -> rig.context.watchesOpen.get() == 0);
        open(WATCH, "").close();
    }

    @Test
    void aReaderWhoDoesNotReadHoldsUpNobody() throws Exception {
        String large = "\"" + "x".repeat(60 << 10) + "\"";
        try (Socket idle = rig.raw("GET", WATCH, "");
                Reader reader = open(WATCH, "")) {
            assertTrue(idle.isConnected());
            for (int i = 1; i <= 100; i++) {
                assertEquals(200, rig.put("/contexts/session/a", large).statusCode());
                assertEquals("id: " + i, reader.next().getFirst());
            }
        }
        await(() -> rig.routes.streamsOpen() == 0);
    }

    @Test
    void aQuietStreamShowsThatItIsThere() throws Exception {
        try (Reader reader = open(WATCH, "")) {
            long began = System.nanoTime();
            String line = reader.lines.readLine();
            while (!": still there".equals(line)) {
                line = reader.lines.readLine();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.toSeconds() >= 9 && took.toSeconds() < 14, took.toString());
        }
    }

    @Test
    void streamsEndWithTheNode() throws Exception {
        try (Reader reader = open(WATCH, "")) {
            rig.routes.close();
            await(() -> rig.routes.streamsOpen() == 0);
            String line = reader.lines.readLine();
            while (line != null && !line.equals("0")) {
                line = reader.lines.readLine();
            }
            assertEquals(503, rig.get(WATCH).statusCode());
        }
    }

    @Test
    void conflictsAreListedFilteredAndFollowed() throws IOException {
        for (int i = 1; i <= 3; i++) {
            rig.context.conflicts.add(conflict(i, i == 2 ? "feature.row" : "session"));
        }
        String path = "/api/v1/context-conflicts";
        JsonNode page = ApiRig.json(rig.get(path + "?limit=2"));
        assertEquals(2, page.path("conflicts").size());
        assertEquals("2", page.path("next").asString());
        assertEquals("1", page.at("/conflicts/0/versions/0/value").toString());
        assertTrue(page.at("/conflicts/0/versions/1").has("value"), "null is a value");
        JsonNode rest = ApiRig.json(rig.get(path + "?limit=2&after=2"));
        assertEquals("3", rest.at("/conflicts/0/position").asString());
        assertTrue(rest.path("next").isMissingNode());
        assertEquals(1, ApiRig.json(rig.get(path + "?queue=review")).path("conflicts").size());
        HttpResponse<String> some = rig.send("GET", path, "context.read@support", "");
        assertEquals(403, some.statusCode());
        assertTrue(some.body().contains("'type'"), some.body());
        assertEquals(
                2,
                ApiRig.json(rig.send("GET", path + "?type=session", "context.read@support", ""))
                        .path("conflicts")
                        .size());
        try (Reader reader = open(path + "?type=session&follow=true", "")) {
            assertEquals(List.of("id: 1", "event: conflict"), reader.next().subList(0, 2));
            assertEquals("id: 3", reader.next().getFirst());
            rig.context.conflicts.add(conflict(4, "session"));
            assertEquals("id: 4", reader.next().getFirst());
        }
    }

    @Test
    void aRightThatIsRevokedEndsARunningWatch() throws Exception {
        grant();
        try (Reader reader = reads("&position=0")) {
            rig.put("/contexts/support.case/a", "{\"note\":\"hush\",\"n\":1}");
            assertEquals("{\"note\":null,\"n\":1}", data(reader.next()).get("value").toString());
            rig.grants.clear();
            rig.put("/contexts/support.case/a", "{\"note\":\"loud\",\"n\":2}");
            assertEquals(List.of(), reader.rest());
        }
        await(() -> rig.context.watchesOpen.get() == 0);
    }

    @Test
    void anIdleWatchEndsTooWhenPoliciesChange() throws Exception {
        grant();
        try (Reader reader = reads("")) {
            rig.alsoUse("package rules.more\ndeny contains \"more.never\" if true\n");
            long begun = System.nanoTime();
            assertEquals(List.of(), reader.rest());
            assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 5);
        }
        await(() -> rig.context.watchesOpen.get() == 0);
    }

    @Test
    void aWatchShowsNoDocumentThatMayNotBeRead() throws Exception {
        grant();
        rig.alsoUse(
                """
                package rules.more
                deny contains "more.vip" if input.resource.id == "support.case/vip"
                """);
        try (Reader reader = reads("")) {
            rig.put("/contexts/support.case/vip", "1");
            rig.put("/contexts/support.case/other", "{\"note\":\"hush\"}");
            JsonNode data = data(reader.next());
            assertEquals("other", text(data, "id"));
            assertTrue(data.path("version").asString("").startsWith("m"), data.toString());
        }
    }

    /// Ana holds a grant on a type with a secret.
    private void grant() {
        rig.context.declare(
                """
                apiVersion: sheaf.dev/v1
                kind: ContextType
                name: support.case
                domain: support
                versions: [{version: "1.1", schema: {type: object}}]
                fields: {/note: {classification: secret}}
                residency: {regions: [aws/us-east-1, azure/westeurope]}
                """);
        Instant now = Instant.now();
        rig.grants.add(
                new GrantFacts(
                        "g-1",
                        "support.case",
                        "care",
                        now.minusSeconds(60),
                        now.plusSeconds(600),
                        false,
                        false));
    }

    private Reader reads(String more) throws IOException {
        return new Reader(
                rig.raw(
                        "GET",
                        "/api/v1/context-watch/support.case?purpose=care" + more,
                        "context.read@sales@ana",
                        ""));
    }

    private static ConflictEntry conflict(int position, String type) {
        return new ConflictEntry(
                Integer.toString(position),
                Instant.EPOCH,
                new DocumentKey(type, "a"),
                "OVERWRITE",
                "/status",
                "lww",
                position == 3 ? Optional.of("review") : Optional.empty(),
                List.of(
                        new ConflictEntry.Version(
                                "aws/us-east-1",
                                "aws/us-east-1#1:1",
                                Optional.of(Instant.EPOCH),
                                Optional.of(JsonNodeFactory.instance.numberNode(1))),
                        new ConflictEntry.Version(
                                "azure/westeurope",
                                "azure/westeurope#1:1",
                                Optional.empty(),
                                Optional.of(JsonNodeFactory.instance.nullNode()))),
                Optional.of(JsonNodeFactory.instance.numberNode(1)));
    }

    private static JsonNode data(List<String> event) {
        return Wire.json().readTree(event.getLast().substring("data:".length()));
    }

    private static String text(JsonNode data, String... names) {
        return String.join(
                " ", List.of(names).stream().map(name -> data.path(name).asString()).toList());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertTrue(condition.getAsBoolean(), "it did not happen in ten seconds");
    }
}
