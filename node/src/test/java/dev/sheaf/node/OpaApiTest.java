package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.TokenSource;
import dev.sheaf.client.Wire;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A node asked as an OPA is. The wanted answers are those that OPA 1.22.3 gave to the same
/// questions about the same policies.
final class OpaApiTest {
    private static final String POLICY =
            """
            package app

            allow if input.x == 1
            deny contains "a" if input.y
            obj := {"a": [10, 20], "s": {3, 1}}
            conflict := input.x
            conflict := 5
            bad := 1 / input.zero
            endless if {
                input.endless
                some i in numbers.range(1, 1000000)
                some j in numbers.range(1, 1000000)
                i * j < 0
            }
            """;
    private static final String MASK =
            """
            package system.log

            mask contains "/input/password"
            mask contains {"op": "upsert", "path": "/input/name", "value": "***"}
            mask contains "/result/secret"
            mask contains "/no" if input.input.breakMask
            """;

    @TempDir private static Path data = Path.of("");
    private static Node node;
    private static HttpClient http;
    private static String token = "";

    @BeforeAll
    static void start() {
        node =
                Node.start(
                        new NodeOptions(
                                data, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                        Clock.systemUTC());
        try (SheafClient operator =
                new SheafClient(
                        node.url(), TokenSource.file(data.resolve("keys/operator.token")))) {
            operator.policies()
                    .apply(
                            new PolicyApply(
                                    Map.of(
                                            "app.rego", POLICY,
                                            "mask.rego", MASK,
                                            "odd/a.json", "{\"x/y\": {\"7\": 1}}"),
                                    OptionalInt.empty(),
                                    Optional.of(true),
                                    "",
                                    OptionalLong.empty()));
            token = token(operator, "policy.query");
        }
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        node.close();
    }

    @Test
    void aDocumentIsTheResult() throws Exception {
        JsonNode answer = ok(post("/v1/data/app/allow", "{\"input\":{\"x\":1}}"));
        assertTrue(answer.path("result").asBoolean());
        assertTrue(answer.path("decision_id").asString().matches("[0-9a-f-]{36}"));
        assertEquals(20, ok(get("/v1/data/app/obj/a/1")).path("result").asInt());
        assertEquals(
                "{\"a\":[10,20],\"s\":[1,3]}",
                ok(get("/v1/data/app/obj")).path("result").toString());
        assertTrue(ok(get("/v1/data/app/allow?input=%7B%22x%22:1%7D")).path("result").asBoolean());
        assertEquals(1, ok(get("/v1/data/odd/x%2Fy/7")).path("result").asInt());
        assertEquals("[]", ok(get("/v1/data/app/deny")).path("result").toString());
        assertTrue(get("/v1/data/app/obj?pretty=true").body().contains("\n  \"result\""));
    }

    @Test
    void undefinedIsNoResult() throws Exception {
        JsonNode answer = ok(post("/v1/data/app/nope", "{\"input\":{}}"));
        assertEquals(List.of("decision_id"), List.copyOf(answer.propertyNames()));
        assertFalse(ok(get("/v1/data/app/nope")).has("warning"));
        for (String none : List.of("", "{}")) {
            assertEquals(
                    "api_usage_warning",
                    ok(post("/v1/data/app/allow", none)).at("/warning/code").asString());
        }
        assertFalse(ok(post("/v1/data/app/bad", "{\"input\":{\"zero\":0}}")).has("result"));
    }

    @Test
    void everythingIsTheDataWithoutWhatIsUndefined() throws Exception {
        JsonNode all = ok(post("/v1/data", "{\"input\":{\"x\":5}}")).path("result");
        assertEquals(5, all.at("/app/conflict").asInt());
        assertEquals(0.95, all.at("/sheaf_settings/qualityScore").asDouble());
        assertFalse(all.path("app").has("allow"));
    }

    @Test
    void errorsAreThoseOfOpa() throws Exception {
        requireError(400, "invalid_parameter", post("/v1/data/app/allow", "{bad"));
        requireError(400, "invalid_parameter", post("/v1/data/app/allow", "[1]"));
        requireError(400, "invalid_parameter", get("/v1/data/app/allow?input=%7B"));
        JsonNode conflict =
                requireError(
                        500,
                        "internal_error",
                        post("/v1/data/app/conflict", "{\"input\":{\"x\":1}}"));
        assertEquals("eval_conflict_error", conflict.at("/errors/0/code").asString());
        assertEquals("app.rego", conflict.at("/errors/0/location/file").asString());
        JsonNode strict =
                requireError(
                        500,
                        "internal_error",
                        post(
                                "/v1/data/app/bad?strict-builtin-errors=true",
                                "{\"input\":{\"zero\":0}}"));
        assertEquals("eval_builtin_error", strict.at("/errors/0/code").asString());
    }

    @Test
    void whatNeverEndsIsEndedAndWhatIsTooLargeIsRefused() throws Exception {
        JsonNode ended =
                requireError(
                        500,
                        "internal_error",
                        post("/v1/data/app/endless", "{\"input\":{\"endless\":true}}"));
        assertEquals("eval_cancel_error", ended.at("/errors/0/code").asString());
        HttpResponse<String> large =
                post("/v1/data/app/allow", "{\"input\":\"" + "x".repeat(1 << 20) + "\"}");
        requireError(413, "invalid_parameter", large);
        assertTrue(ok(post("/v1/data/app/allow", "{\"input\":{\"x\":1}}")).has("result"));
    }

    @Test
    void queriesGiveTheirVariables() throws Exception {
        assertEquals(
                "[{\"i\":0,\"x\":10},{\"i\":1,\"x\":20}]",
                ok(post("/v1/query", "{\"query\":\"data.app.obj.a[i] = x\"}"))
                        .path("result")
                        .toString());
        assertEquals(
                "[{\"i\":0,\"x\":10},{\"i\":1,\"x\":20}]",
                ok(get("/v1/query?q=data.app.obj.a%5Bi%5D%3Dx")).path("result").toString());
        assertEquals("{}", ok(post("/v1/query", "{\"query\":\"1 = 2\"}")).toString());
        assertEquals(
                "{\"result\":[{}]}",
                ok(post("/v1/query", "{\"query\":\"data.app.allow\",\"input\":{\"x\":1}}"))
                        .toString());
        JsonNode parsing =
                requireError(400, "invalid_parameter", post("/v1/query", "{\"query\":\"x = \"}"));
        assertEquals("error(s) occurred while parsing query", parsing.path("message").asString());
        assertEquals("rego_parse_error", parsing.at("/errors/0/code").asString());
        JsonNode compiling =
                requireError(400, "invalid_parameter", post("/v1/query", "{\"query\":\"x = y\"}"));
        assertEquals("rego_unsafe_var_error", compiling.at("/errors/0/code").asString());
        requireError(400, "invalid_parameter", post("/v1/query", "{\"nope\":1}"));
        requireError(
                400,
                "invalid_parameter",
                post(
                        "/v1/query",
                        "{\"query\":\"http.send({\\\"method\\\": \\\"get\\\", \\\"url\\\":"
                                + " \\\"http://127.0.0.1\\\"})\"}"));
    }

    @Test
    void theLogHasWhatWasAskedWithoutWhatIsMasked() throws Exception {
        JsonNode answer =
                ok(
                        post(
                                "/v1/data/app/obj",
                                "{\"input\":{\"x\":1,\"password\":\"p4ss\",\"name\":\"Grace\"}}"));
        JsonNode event = logged(answer.path("decision_id").asString());
        assertEquals("openpolicyagent.org/decision_logs", event.path("type").asString());
        assertEquals("app/obj", event.path("path").asString());
        assertEquals("{\"name\":\"***\",\"x\":1}", event.path("input").toString());
        assertEquals("[\"/input/password\"]", event.path("erased").toString());
        assertEquals("[\"/input/name\"]", event.path("masked").toString());
        assertEquals(answer.path("result"), event.path("result"));
        assertEquals("ada", event.path("requested_by").asString());
        assertEquals(16, event.at("/bundles/sheaf/revision").asString().length());
        assertEquals("local/home", event.at("/labels/id").asString());
        String log = log();
        assertFalse(log.contains("p4ss"));
        assertFalse(log.contains("Grace"));
    }

    @Test
    void masksThatFailLeaveOutEverything() throws Exception {
        JsonNode answer =
                ok(
                        post(
                                "/v1/data/app/allow",
                                "{\"input\":{\"x\":1,\"breakMask\":true,\"word\":\"s3cret\"}}"));
        JsonNode event = logged(answer.path("decision_id").asString());
        assertFalse(event.has("input"));
        assertFalse(event.has("result"));
        assertTrue(event.path("left_out").asString().contains("system.log.mask"));
        assertFalse(log().contains("s3cret"));
    }

    @Test
    void onlyTheScopeMay() throws Exception {
        String before = token;
        try (SheafClient operator =
                new SheafClient(
                        node.url(), TokenSource.file(data.resolve("keys/operator.token")))) {
            token = token(operator, "policy.read");
            assertEquals(403, post("/v1/data/app/allow", "{}").statusCode());
            token = "none";
            assertEquals(401, post("/v1/query", "{}").statusCode());
        } finally {
            token = before;
        }
    }

    private static String token(SheafClient operator, String scope) {
        return operator.createToken(
                        new TokenRequest(
                                "ada", List.of(scope), List.of(), List.of(), OptionalLong.empty()))
                .token();
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return Wire.json().readTree(answer.body());
    }

    private static JsonNode requireError(int status, String code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        JsonNode body = Wire.json().readTree(answer.body());
        assertEquals(code, body.path("code").asString());
        assertTrue(body.has("message"));
        return body;
    }

    private static String log() throws IOException {
        return Files.readString(data.resolve("logs/audit.jsonl"));
    }

    private static JsonNode logged(String id) throws IOException {
        for (String line : log().lines().toList()) {
            JsonNode fact = Wire.json().readTree(line).path("decision");
            if (fact.isString() && fact.asString().contains(id)) {
                return Wire.json().readTree(fact.asString());
            }
        }
        throw new AssertionError("not in the log: " + id);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(node.url() + path)).GET());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(node.url() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(
                request.header("Authorization", "Bearer " + token).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
