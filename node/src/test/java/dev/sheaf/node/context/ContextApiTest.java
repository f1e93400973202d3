package dev.sheaf.node.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.Lane;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.WriteRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Documents over HTTP: what the service is asked, what the caller is told.
final class ContextApiTest {
    private static final String DOCUMENT = "/api/v1/contexts/session/a";

    private final ApiRig rig = new ApiRig(true);

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void whatIsPutIsReadWithItsVersionTokenAndStaleness() {
        HttpResponse<String> written = rig.put(DOCUMENT, "{\"status\":\"open\"}");
        assertEquals(200, written.statusCode(), written.body());
        assertEquals("\"v1\"", header(written, "ETag"));
        assertEquals("token-1", header(written, "Sheaf-Context-Token"));
        assertEquals("v1", ApiRig.json(written).path("version").asString());
        HttpResponse<String> read = rig.get(DOCUMENT);
        assertEquals("{\"status\":\"open\"}", read.body());
        assertEquals("\"v1\"", header(read, "ETag"));
        assertEquals("token-1", header(read, "Sheaf-Context-Token"));
        assertEquals("40", header(read, "Sheaf-Staleness-Ms"));
        assertEquals("0", header(read, "Sheaf-Conflicts"));
        assertEquals("1.1", header(read, "Sheaf-Schema-Version"));
        assertEquals("2026-11-26T10:00:00Z", header(read, "Sheaf-Expires-At"));
        assertEquals("", header(read, "Sheaf-Redacted"));
    }

    @Test
    void theShortPathsServeTheSame() {
        assertEquals(200, rig.put("/contexts/session/a", "1").statusCode());
        assertEquals("1", rig.get("/contexts/session/a").body());
        assertEquals("1", rig.get(DOCUMENT).body());
        assertEquals("[\"a\"]", ApiRig.json(rig.get("/contexts/session")).get("ids").toString());
    }

    @Test
    void headersOfAWriteReachTheService() {
        rig.put(
                DOCUMENT,
                "{}",
                "Sheaf-Event-Id",
                "e-1",
                "Sheaf-Schema-Version",
                "1.0",
                "Sheaf-Priority",
                "High",
                "Sheaf-Ttl",
                "1h",
                "Sheaf-Compaction-Key",
                "k",
                "If-None-Match",
                "*");
        assertEquals(
                new WriteRequest(
                        new DocumentKey("session", "a"),
                        new Change.State(JsonNodeFactory.instance.objectNode()),
                        "e-1",
                        Optional.of("1.0"),
                        Optional.of(Lane.CRITICAL),
                        3600,
                        "k",
                        "ada",
                        Optional.of("")),
                rig.context.writes.getFirst());
    }

    @Test
    void theSameEventTwiceIsADuplicateAndNoNameMakesANewOne() {
        rig.put(DOCUMENT, "1", "Sheaf-Event-Id", "e-1");
        HttpResponse<String> again = rig.put(DOCUMENT, "2", "Sheaf-Event-Id", "e-1");
        assertTrue(ApiRig.json(again).path("duplicate").asBoolean());
        assertEquals("1", rig.get(DOCUMENT).body());
        String first = ApiRig.json(rig.put(DOCUMENT, "3")).path("eventId").asString();
        String second = ApiRig.json(rig.put(DOCUMENT, "4")).path("eventId").asString();
        assertFalse(first.isEmpty() || first.equals(second));
    }

    @Test
    void conditionsAreVersionsInQuotes() {
        rig.put(DOCUMENT, "1");
        assertEquals(412, rig.put(DOCUMENT, "2", "If-Match", "\"v0\"").statusCode());
        assertEquals(412, rig.put(DOCUMENT, "2", "If-None-Match", "*").statusCode());
        assertEquals(200, rig.put(DOCUMENT, "2", "If-Match", "\"v1\"").statusCode());
        assertEquals(400, rig.put(DOCUMENT, "3", "If-Match", "v2").statusCode());
        assertEquals(400, rig.put(DOCUMENT, "3", "If-Match", "\"a\", \"b\"").statusCode());
        assertEquals(400, rig.put(DOCUMENT, "3", "If-None-Match", "\"v2\"").statusCode());
        assertEquals(
                400,
                rig.put(DOCUMENT, "3", "If-Match", "\"v2\"", "If-None-Match", "*").statusCode());
        assertEquals("2", rig.get(DOCUMENT).body());
        assertEquals(304, rig.get(DOCUMENT, "If-None-Match", "\"v2\"").statusCode());
        assertEquals(200, rig.get(DOCUMENT, "If-None-Match", "\"v1\"").statusCode());
    }

    @Test
    void patchesAreReadAsOperations() {
        rig.put(DOCUMENT, "{\"status\":\"open\"}");
        HttpResponse<String> patched =
                rig.patch(
                        DOCUMENT,
                        "application/json-patch+json",
                        """
                        [{"op": "test", "path": "/status", "value": "open"},
                         {"type": "REPLACE", "path": "/status", "value": "closed"},
                         {"op": "increment", "path": "/turns", "value": 2}]
                        """);
        assertEquals(200, patched.statusCode(), patched.body());
        assertEquals("{\"status\":\"closed\",\"turns\":2}", rig.get(DOCUMENT).body());
        HttpResponse<String> failed =
                rig.patch(
                        DOCUMENT,
                        "application/json-patch+json",
                        "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"open\"}]");
        assertEquals(412, failed.statusCode(), failed.body());
        assertEquals(
                400,
                rig.patch(DOCUMENT, "application/json-patch+json", "[{\"op\":\"burn\"}]")
                        .statusCode());
    }

    @Test
    void mergePatchesChangeWhatDiffersAndNothingElse() {
        rig.put(DOCUMENT, "{\"a\":{\"b\":1,\"c\":2},\"d\":3,\"e\":[1]}");
        HttpResponse<String> merged =
                rig.patch(
                        DOCUMENT,
                        "application/merge-patch+json",
                        "{\"a\":{\"b\":null,\"x\":{\"y\":null,\"z\":1}},\"d\":3,\"e\":[2],\"n\":null}");
        assertEquals(200, merged.statusCode(), merged.body());
        assertEquals(
                "{\"a\":{\"c\":2,\"x\":{\"z\":1}},\"d\":3,\"e\":[2]}", rig.get(DOCUMENT).body());
        WriteRequest write = rig.context.writes.getLast();
        assertEquals(Optional.of("v1"), write.ifMatch());
        assertEquals(3, ((Change.Patch) write.change()).operations().size(), "d did not differ");
        rig.patch("/contexts/session/new", "application/merge-patch+json", "{\"a\":1,\"b\":null}");
        assertEquals("{\"a\":1}", rig.get("/contexts/session/new").body());
    }

    @Test
    void removedDocumentsAreNotFoundWithWhatIsKnownAboutThat() {
        rig.put(DOCUMENT, "1");
        assertEquals(200, rig.send("DELETE", DOCUMENT, ApiRig.ALL, "").statusCode());
        HttpResponse<String> read = rig.get(DOCUMENT);
        assertEquals(404, read.statusCode());
        assertEquals("NOT_FOUND", ApiRig.code(read));
        assertEquals("token-2", ApiRig.json(read).path("token").asString());
        assertEquals(40, ApiRig.json(read).path("measuredStalenessMs").asInt());
        assertEquals("token-2", header(read, "Sheaf-Context-Token"));
    }

    @Test
    void erasingNeedsAScopeOfItsOwn() {
        rig.put(DOCUMENT, "1");
        String erase = DOCUMENT + "?erase=true";
        HttpResponse<String> refused = rig.send("DELETE", erase, "context.write@*", "");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("context.erase"), refused.body());
        assertEquals(
                200, rig.send("DELETE", erase, "context.write,context.erase@*", "").statusCode());
        assertEquals(new Change.Erase(), rig.context.writes.getLast().change());
    }

    @Test
    void readsStateTheirBoundsAndWhatCannotBeServedSaysHowStaleItIs() {
        rig.put(DOCUMENT, "1");
        rig.get(DOCUMENT + "?maxStaleness=100ms&patience=2s&token=t&version=1.0");
        assertEquals(
                List.of(
                        Optional.of(Duration.ofMillis(100)),
                        Duration.ofSeconds(2),
                        Optional.of("t"),
                        Optional.of("1.0")),
                List.of(
                        rig.context.reads.getLast().maxStaleness(),
                        rig.context.reads.getLast().patience(),
                        rig.context.reads.getLast().token(),
                        rig.context.reads.getLast().schemaVersion()));
        rig.context.staleness = Duration.ofMillis(250);
        HttpResponse<String> stale = rig.get(DOCUMENT + "?maxStaleness=100ms");
        assertEquals(503, stale.statusCode());
        assertEquals("STALE", ApiRig.code(stale));
        assertEquals(250, ApiRig.json(stale).path("measuredStalenessMs").asInt());
        assertEquals(250, ApiRig.json(stale).at("/perRegion/azure~1westeurope").asInt());
        assertEquals("azure/westeurope", ApiRig.json(stale).path("freshRegion").asString());
        assertEquals("2", header(stale, "Retry-After"));
    }

    @Test
    void aStaleReadIsRedirectedWhereItIsFreshIfItWantsThat() {
        rig.context.staleness = Duration.ofMillis(250);
        HttpResponse<String> moved =
                rig.get("/contexts/session/x%2F%20y?maxStaleness=100ms&redirect=true&token=a%2Bb");
        assertEquals(307, moved.statusCode(), moved.body());
        assertEquals(
                "https://west.example.com/api/v1/contexts/session/x%2F%20y?maxStaleness=100ms&token=a%2Bb",
                header(moved, "Location"));
        rig.context.freshRegion = Optional.of("gcp/nowhere");
        assertEquals(503, rig.get(DOCUMENT + "?maxStaleness=1ms&redirect=true").statusCode());
        rig.context.freshRegion = Optional.empty();
        assertEquals(503, rig.get(DOCUMENT + "?maxStaleness=1ms&redirect=true").statusCode());
    }

    @Test
    void aRegionThatWasNeverHeardOfMakesStalenessUnknown() {
        rig.put(DOCUMENT, "1");
        rig.context.staleness = Duration.ofSeconds(Long.MAX_VALUE);
        rig.context.redacted = List.of("/customer/name, first", "/ä\r\nX: y");
        HttpResponse<String> read = rig.get(DOCUMENT + "?maxStaleness=36500d");
        assertEquals(503, read.statusCode(), "unknown is more than any bound");
        rig.context.staleness = Duration.ofNanos(Long.MAX_VALUE);
        read = rig.get(DOCUMENT + "?maxStaleness=any");
        assertEquals(200, read.statusCode(), read.body());
        assertEquals("unknown", header(read, "Sheaf-Staleness-Ms"));
        assertEquals(
                "/customer/name%2C%20first, /%C3%A4%0D%0AX%3A%20y", header(read, "Sheaf-Redacted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxStaleness=100",
                "maxStaleness=-1s",
                "maxStaleness=1e3ms",
                "maxStaleness=36501d",
                "maxStaleness=ANY",
                "maxStaleness=",
                "patience=forever",
                "patience=61s",
                "patience=99999999999s",
                "version=9.9",
                "redirect=maybe"
            })
    void badParametersAreRefusedWithWhatIsAllowed(String query) {
        HttpResponse<String> answer = rig.get(DOCUMENT + "?" + query);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(ApiRig.code(answer).matches("INVALID_VALUE|BAD_REQUEST"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team/a/7",
                "/",
                "//",
                "a/",
                "/a",
                "..",
                ".",
                "a/../b",
                "../../../health/live",
                "50% + 1;x=y",
                "a+b c",
                "%2F",
                "%252F",
                "ünï/東京/🦊",
                "a\\b",
                "?#[]@!$&'()*,=~",
                "events",
                "\"quoted\""
            })
    void anyIdIsOneSegmentWhenEncoded(String id) {
        String encoded =
                URLEncoder.encode(id, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace(".", "%2E");
        for (String prefix : List.of("/api/v1/contexts/session/", "/contexts/session/")) {
            HttpResponse<String> written = rig.put(prefix + encoded, "1");
            assertEquals(200, written.statusCode(), written.body());
            assertEquals(id, rig.context.writes.getLast().key().id());
            assertEquals(200, rig.get(prefix + encoded).statusCode());
        }
        HttpResponse<String> history = rig.get("/api/v1/context-history/session/" + encoded);
        assertEquals(2, ApiRig.json(history).path("events").size(), history.body());
    }

    @Test
    void slashesMayStayAsTheyAre() throws IOException {
        assertEquals(200, rig.put("/contexts/session/team/a/7", "1").statusCode());
        assertEquals("team/a/7", rig.context.writes.getLast().key().id());
        String head = "Content-Type: application/json\r\nContent-Length: 1\r\n\r\n1";
        String answer = rig.rawAnswer("PUT", "/contexts/session/a//b;c=d", head);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertEquals("a//b;c=d", rig.context.writes.getLast().key().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a%", "%ff%fe", "%c0%af", "a%00b", "a%0d%0aX:y", "a%1b[2J"})
    void whatIsNoTextIsNoId(String id) throws IOException {
        String answer = rig.rawAnswer("GET", "/contexts/session/" + id, "");
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertEquals(List.of(), rig.context.reads);
    }

    @Test
    void idsHaveALength() {
        assertEquals(400, rig.put("/contexts/session/" + "x".repeat(513), "1").statusCode());
        assertEquals(200, rig.put("/contexts/session/" + "x".repeat(512), "1").statusCode());
    }

    @Test
    void badBodiesAreRefused() {
        assertRefused(400, "BAD_REQUEST", rig.put(DOCUMENT, "{\"a\":"));
        assertRefused(400, "BAD_REQUEST", rig.put(DOCUMENT, "{} {}"));
        assertRefused(400, "BAD_REQUEST", rig.put(DOCUMENT, "NaN"));
        assertRefused(
                400, "BAD_REQUEST", rig.put(DOCUMENT, "[".repeat(10_000) + "]".repeat(10_000)));
        assertRefused(413, "TOO_LARGE", rig.put(DOCUMENT, "\"" + "x".repeat(65 << 10) + "\""));
        assertRefused(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                rig.send("PUT", DOCUMENT, ApiRig.ALL, "1", "Content-Type", "text/plain"));
        assertRefused(415, "UNSUPPORTED_MEDIA_TYPE", rig.patch(DOCUMENT, "application/json", "[]"));
        HttpResponse<String> none = rig.send("PUT", DOCUMENT, ApiRig.ALL, "1");
        assertRefused(415, "UNSUPPORTED_MEDIA_TYPE", none);
        assertTrue(none.body().contains("application/json"), none.body());
        assertRefused(400, "INVALID_VALUE", rig.put(DOCUMENT, "1", "Sheaf-Schema-Version", "9.9"));
        assertRefused(400, "INVALID_VALUE", rig.put(DOCUMENT, "1", "Sheaf-Ttl", "soon"));
        assertRefused(400, "INVALID_VALUE", rig.put(DOCUMENT, "1", "Sheaf-Priority", "urgent"));
        assertRefused(
                400, "INVALID_VALUE", rig.put(DOCUMENT, "1", "Sheaf-Event-Id", "x".repeat(201)));
        assertEquals(404, rig.get(DOCUMENT).statusCode(), "nothing was written");
    }

    private static void assertRefused(int status, String code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(code, ApiRig.code(answer), answer.body());
    }

    @Test
    void typesOfOtherDomainsLookAsIfTheyDidNotExist() {
        rig.put("/contexts/feature.row/a", "1");
        String token = "context.read,context.write@support";
        HttpResponse<String> hidden = rig.send("GET", "/contexts/feature.row/a", token, "");
        HttpResponse<String> missing = rig.send("GET", "/contexts/feature.rox/a", token, "");
        assertEquals(404, hidden.statusCode());
        assertEquals(
                ApiRig.json(hidden).path("detail").asString(),
                ApiRig.json(missing).path("detail").asString().replace("rox", "row"));
        assertEquals(404, rig.send("GET", "/contexts/session/a", token, "").statusCode());
        assertEquals(
                "session",
                ApiRig.json(rig.send("GET", "/api/v1/context-types", token, ""))
                        .at("/types/0/name")
                        .asString());
        assertEquals(
                1,
                ApiRig.json(rig.send("GET", "/api/v1/context-types", token, ""))
                        .path("types")
                        .size());
    }

    @Test
    void nothingIsOpenToWhoeverHasNoTokenOrAnotherScope() {
        for (String path :
                List.of(
                        DOCUMENT,
                        "/contexts/session",
                        "/api/v1/context-types",
                        "/api/v1/context-watch/session",
                        "/api/v1/context-conflicts",
                        "/api/v1/links",
                        "/api/v1/context-digests")) {
            assertEquals(401, rig.send("GET", path, "", "").statusCode(), path);
            assertEquals(403, rig.send("GET", path, "catalog.read@*", "").statusCode(), path);
        }
        assertEquals(403, rig.send("DELETE", DOCUMENT, "context.read@*", "").statusCode());
    }

    @Test
    void idsAreListedPageByPage() {
        for (String id : List.of("c", "a", "b/1", "d")) {
            rig.put("/contexts/session/" + id, "1");
        }
        HttpResponse<String> first = rig.get("/contexts/session?limit=3");
        assertEquals("[\"a\",\"b/1\",\"c\"]", ApiRig.json(first).get("ids").toString());
        assertEquals("c", ApiRig.json(first).path("next").asString());
        HttpResponse<String> rest = rig.get("/contexts/session?limit=3&after=c");
        assertEquals("{\"ids\":[\"d\"]}", rest.body());
        assertEquals(400, rig.get("/contexts/session?limit=0").statusCode());
        assertEquals(400, rig.get("/contexts/session?limit=10001").statusCode());
    }

    @Test
    void aSubjectsDocumentsAreErased() {
        rig.put("/contexts/session/a", "{\"subject\":\"s1\"}");
        rig.put("/contexts/session/b", "{\"subject\":\"s2\"}");
        String path = "/api/v1/context-subjects/session/erase";
        HttpResponse<String> erased =
                rig.post(path, "application/json", "{\"subject\":\"s1\",\"eventId\":\"e\"}");
        assertEquals("{\"eventId\":\"e\",\"erased\":1}", erased.body());
        assertEquals(400, rig.post(path, "application/json", "{\"subject\":\"\"}").statusCode());
        assertEquals(
                403,
                rig.send("POST", path, "context.write@*", "{}", "Content-Type", "application/json")
                        .statusCode());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
