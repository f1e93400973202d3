package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;
import dev.sheaf.client.Wire;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `sheaf policy` as far as it speaks to a node.
final class NodePolicyCommandsTest {
    private static final String REVISION =
            """
            {"revision": 2, "digest": "00ff", "inForce": true, "files": [
              {"path": "a/masks.rego", "regoVersion": 1, "text": "package rules.masks\\n"},
              {"path": "settings.yaml", "regoVersion": 1, "text": "x: 1"}]}
            """;

    @TempDir private Path folder = Path.of("");
    private CommandRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new CommandRig(folder);
        Files.createDirectories(folder.resolve("own/sales/.git"));
        Files.writeString(folder.resolve("own/main.rego"), "package rules.own\n");
        Files.writeString(folder.resolve("own/sales/data.json"), "{}");
        Files.writeString(folder.resolve("own/sales/.git/x.rego"), "hidden");
        Files.writeString(folder.resolve("own/README.md"), "not a policy");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aFolderIsSentWithThePackUnlessItIsLeftOut() {
        rig.node.answer("POST", "/api/v1/policies", 200, "{\"revision\": 3, \"digest\": \"ab\"}");
        Outcome outcome = rig.run("policy", "apply", "own", "--reason", "why not");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("revision 3 (ab) is in force.\n", outcome.out());
        JsonNode sent = sent();
        assertEquals(
                List.of("main.rego", "sales/data.json"),
                sent.path("files").propertyNames().stream().sorted().toList());
        assertEquals("package rules.own\n", sent.at("/files/main.rego").asString());
        assertEquals("why not", sent.path("reason").asString());
        assertTrue(sent.path("standardPack").asBoolean());
        assertEquals(1, sent.path("regoVersion").asInt());
        assertFalse(sent.has("expectedRevision"));

        assertEquals(
                0,
                rig.run(
                                "policy",
                                "apply",
                                "own",
                                "--without-standard-pack",
                                "--v0",
                                "--expect",
                                "2")
                        .status());
        assertFalse(sent().path("standardPack").asBoolean(true));
        assertEquals(0, sent().path("regoVersion").asInt());
        assertEquals(2, sent().path("expectedRevision").asInt());
        assertEquals(
                2,
                rig.run("policy", "apply", "own", "--with-standard-pack", "--without-standard-pack")
                        .status());
    }

    @Test
    void whatTheNodeDoesNotTakeIsShownAndEndsWithOne() {
        rig.node.problem(
                "POST",
                "/api/v1/policies",
                422,
                "INVALID_POLICY",
                "1 fault in the policies; nothing has changed\\nmain.rego:2:1: rego_parse_error: x",
                ", \"diagnostics\": [{\"file\": \"main.rego\", \"line\": 2}]");
        Outcome text = rig.run("policy", "apply", "own");
        assertEquals(1, text.status());
        assertTrue(text.err().contains("main.rego:2:1"), text.err());
        Outcome json = rig.run("policy", "apply", "own", "--json");
        assertEquals(1, json.status());
        assertEquals(2, Wire.json().readTree(json.err()).at("/diagnostics/0/line").asInt());
    }

    @Test
    void anEmptyFolderIsNotSent() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertEquals(3, rig.run("policy", "apply", "empty").status());
        assertEquals(2, rig.run("policy", "apply", "nowhere").status());
        assertEquals(List.of(), rig.node.asked());
    }

    @Test
    void aDryRunShowsWhoseAnswersChange() {
        rig.node.answer(
                "POST",
                "/api/v1/policies/dry-run",
                200,
                """
                {"before": "00", "after": "11", "questions": 40, "truncated": false, "differences": [
                  {"origin": "recent", "subject": "ada", "action": "product.query", "resource": "sales.orders",
                   "purpose": "churn", "grants": ["g-1"],
                   "before": {"allow": true, "reasons": ["x"], "masks": {"email": {"kind": "hash"}}, "filters": []},
                   "after": {"allow": false, "reasons": ["closed.now"], "masks": {}, "filters": []}}]}
                """);
        Outcome outcome = rig.run("policy", "apply", "own", "--dry-run");
        assertEquals(0, outcome.status(), outcome.err());
        for (String part :
                List.of(
                        "ada",
                        "sales.orders",
                        "g-1",
                        "masks email",
                        "denied: closed.now",
                        "1 of 40")) {
            assertTrue(outcome.out().contains(part), outcome.out());
        }
        assertTrue(
                rig.node.asked().stream()
                        .noneMatch(each -> each.path().equals("/api/v1/policies")));
    }

    @Test
    void theHistoryIsATableThatSaysWhatIsInForce() {
        rig.node.answer(
                "GET",
                "/api/v1/policies/revisions",
                200,
                """
                {"inForce": 1, "changes": [
                  {"kind": "rolled_back", "revision": 1, "digest": "aa", "by": "bob", "at": "2026-11-20T09:00:00Z", "reason": "r"},
                  {"kind": "applied", "revision": 2, "digest": "bb", "by": "ada", "at": "2026-11-19T09:00:00Z", "reason": ""},
                  {"kind": "applied", "revision": 1, "digest": "aa", "by": "ada", "at": "2026-11-18T09:00:00Z", "reason": ""}]}
                """);
        Outcome outcome = rig.run("policy", "revisions");
        assertEquals(0, outcome.status(), outcome.err());
        List<String> inForce =
                outcome.out().lines().filter(line -> line.contains("in force")).toList();
        assertEquals(1, inForce.size(), outcome.out());
        assertTrue(inForce.getFirst().contains("rolled back"), outcome.out());
    }

    @Test
    void aNodeWithoutPoliciesSaysSo() {
        rig.node.answer(
                "GET",
                "/api/v1/policies/revisions",
                200,
                "{\"fault\": \"current is missing\", \"changes\": []}");
        Outcome outcome = rig.run("policy", "revisions");
        assertEquals(0, outcome.status());
        assertTrue(outcome.err().contains("everything is denied: current is missing"));
    }

    @Test
    void aRevisionComesBackInOneCommand() {
        rig.node.answer(
                "POST", "/api/v1/policies/rollback", 200, "{\"revision\": 1, \"digest\": \"aa\"}");
        Outcome outcome = rig.run("policy", "rollback", "1", "--reason", "too strict");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("revision 1 (aa) is in force.\n", outcome.out());
        assertEquals(1, sent().path("revision").asInt());
        assertEquals("too strict", sent().path("reason").asString());
    }

    @Test
    void filesAreListedAndShown() {
        rig.node.answer("GET", "/api/v1/policies", 200, REVISION);
        rig.node.answer("GET", "/api/v1/policies/revisions/2", 200, REVISION);
        assertTrue(rig.run("policy", "show").out().contains("a/masks.rego"));
        assertEquals("package rules.masks\n", rig.run("policy", "show", "a/masks.rego").out());
        assertEquals("x: 1\n", rig.run("policy", "show", "settings.yaml", "--revision", "2").out());
        Outcome missing = rig.run("policy", "show", "setings.yaml");
        assertEquals(3, missing.status());
        assertTrue(missing.err().contains("did you mean settings.yaml?"), missing.err());
    }

    @Test
    void theLabShowsDecisionsTracesAndWhatAStatementBecomes() throws IOException {
        rig.node.answer(
                "POST",
                "/api/v1/policies/lab",
                200,
                """
                {"policy": "00ff", "decides": false, "refused": "no product x",
                 "decisions": [{"input": {"action": "product.query", "subject": {"id": "ada"}, "resource": {"id": "sales.orders"}},
                   "answer": {"allow": true, "reasons": ["access.own: x"], "masks": {"email": {"kind": "hash"}},
                              "filters": ["country = 'FR'"]},
                   "trace": ["access.rego:9  enter data.rules.access.permit"], "notes": ["a note"]}],
                 "statement": {"sql": "SELECT * FROM v1", "views": [
                   {"product": "sales.orders", "release": 3, "name": "v1", "sql": "SELECT NULL AS email"}]}}
                """);
        Files.writeString(folder.resolve("question.yaml"), "action: product.query\n");
        Outcome outcome =
                rig.run(
                        "policy",
                        "lab",
                        "--input",
                        "question.yaml",
                        "--user",
                        "ada",
                        "--roles",
                        "a,b",
                        "--domains",
                        "sales",
                        "--purpose",
                        "churn",
                        "--sql",
                        "SELECT 1");
        assertEquals(0, outcome.status(), outcome.err());
        for (String part :
                List.of(
                        "allowed  product.query of sales.orders by ada",
                        "because access.own: x",
                        "mask    email {\"kind\":\"hash\"}",
                        "rows    country = 'FR'",
                        "print   a note",
                        "enter data.rules.access.permit",
                        "SELECT * FROM v1",
                        "where v1 is",
                        "SELECT NULL AS email",
                        "would not run: no product x",
                        "policies 00ff")) {
            assertTrue(outcome.out().contains(part), part + " in\n" + outcome.out());
        }
        assertTrue(outcome.err().contains("external OPA"), outcome.err());
        JsonNode sent = sent();
        assertEquals("product.query", sent.at("/input/action").asString());
        assertEquals("b", sent.at("/user/roles/1").asString());
        assertEquals("churn", sent.path("purpose").asString());
        assertEquals("SELECT 1", sent.path("sql").asString());
        rig.input("{\"action\": 1}");
        assertFalse(
                rig.run("policy", "lab", "--input", "-", "--without-trace")
                        .out()
                        .contains("enter"));
        assertEquals(1, sent().at("/input/action").asInt());
        assertEquals(2, rig.run("policy", "lab").status());
        assertEquals(2, rig.run("policy", "lab", "--sql", "SELECT 1").status());
    }

    private JsonNode sent() {
        return Wire.json().readTree(rig.node.asked().getLast().body());
    }
}
