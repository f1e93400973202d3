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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Whole command lines: what they ask of the node, what they print, what they end with.
final class CommandsTest {
    private static final String PRODUCT =
            """
            {"name": "sales.orders", "homeRegion": "aws/us-east-1", "owner": "sales@example.com", "status": "active",
             "contractId": "sales.orders", "contractVersion": "1.0.0", "currentRelease": 3,
             "currentReleaseAt": "2026-11-20T09:00:00Z"}
            """;
    private static final String RUN =
            """
            {"id": "r7", "product": "sales.orders", "state": "STATE", "dryRun": false, "startedBy": "ada",
             "startedAt": "2026-11-20T09:00:00Z", "finishedAt": "2026-11-20T09:00:02Z", "contractVersion": "1.0.0",
             "inputs": [{"name": "day.csv", "digest": "00", "bytes": 9}], "rowsIn": 1000, "rowsPublished": 990,
             "rowsQuarantined": 10, "score": 0.97, "release": 4 MORE}
            """;
    private static final String REPORT =
            """
            , "report": {"violations": {"required(country)": 8, "type(price)": 2}, "rules": [
              {"name": "mean_price", "column": "price", "measured": 3.14165, "expected": "between 0.5 and 20",
               "outcome": "passed", "severity": "error"}, {"name": "later", "outcome": "notRun"}]}
            """;
    private static final String ROWS =
            """
            {"columns": [{"name": "city", "type": "VARCHAR"}, {"name": "total", "type": "DECIMAL(10,2)"}],
             "rows": [["東京", 2.50], [null, 3.00], ["", null]], "rowCount": 3, "truncated": false}
            """;

    @TempDir private Path folder = Path.of("");
    private CommandRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new CommandRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void productsAreListedAsATableAndAsJson() {
        rig.node.answer("GET", "/api/v1/products", 200, "{\"products\": [" + PRODUCT + "]}");
        Outcome table = rig.run("products");
        assertEquals(0, table.status(), table.err());
        assertTrue(table.out().contains("sales.orders  aws/us-east-1       1.0.0"), table.out());
        JsonNode json = json(rig.run("products", "--json").out());
        assertEquals(3, json.at("/products/0/currentRelease").asInt());
    }

    @Test
    void aProblemIsAnErrorForPeopleAndADocumentForMachines() {
        rig.node.problem(
                "GET",
                "/api/v1/products/sales.order",
                404,
                "NOT_FOUND",
                "there is no product 'sales.order'",
                "");
        Outcome text = rig.run("describe", "sales.order");
        assertEquals(3, text.status());
        assertEquals("error: there is no product 'sales.order'\n", text.err());
        assertEquals("", text.out());
        Outcome json = rig.run("describe", "sales.order", "--json");
        assertEquals(3, json.status());
        assertEquals("NOT_FOUND", json(json.err()).path("code").asString());
        assertEquals("r1", json(json.err()).path("requestId").asString());
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        Outcome outcome = rig.run("prodcts");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().startsWith("error: "), outcome.err());
        assertTrue(outcome.err().contains("products"), outcome.err());
    }

    @Test
    void theTokenOfAProfileGoesToItsNodeOnly() {
        try (FakeNode other = new FakeNode()) {
            Outcome outcome = rig.run("products", "--url", other.url().toString());
            assertEquals(4, outcome.status());
            assertTrue(outcome.err().contains("--token-file"), outcome.err());
            assertEquals(0, other.asked().size());
        }
    }

    @Test
    void variablesNameNodeAndToken() {
        try (FakeNode other = new FakeNode()) {
            other.answer("GET", "/api/v1/domains", 200, "{\"domains\": []}");
            rig.environment.put("SHEAF_URL", other.url().toString());
            rig.environment.put("SHEAF_TOKEN_FILE", folder.resolve("token").toString());
            assertEquals(0, rig.run("domains").status());
            assertEquals(1, other.asked().size());
        }
    }

    @Test
    void anUnreachableNodeIsUnavailable() {
        rig.node.close();
        Outcome outcome = rig.run("products");
        assertEquals(6, outcome.status());
        assertTrue(outcome.err().startsWith("error: "), outcome.err());
    }

    @Test
    void aPlanShowsWhatChangesAndThatItBreaksConsumers() throws IOException {
        Files.createDirectories(folder.resolve("mesh/.hidden"));
        Files.writeString(folder.resolve("mesh/orders.yaml"), "kind: DataContract\n");
        Files.writeString(folder.resolve("mesh/notes.txt"), "not a manifest");
        Files.writeString(folder.resolve("mesh/.hidden/x.yaml"), "kind: Nothing\n");
        rig.node.answer(
                "POST",
                "/api/v1/plans",
                200,
                """
                {"digest": "d", "revision": 4, "applicable": false, "problems": [
                   {"severity": "error", "file": "orders.yaml", "line": 3, "column": 5, "message": "a new major version is needed"}],
                 "changes": [{"action": "update", "kind": "contract", "name": "sales.orders", "fromVersion": "1.0.0",
                   "toVersion": "1.1.0", "details": [{"path": "columns.country", "compatibility": "breaking",
                   "reason": "consumers that read it fail"}]}]}
                """);
        Outcome outcome = rig.run("plan", "-f", "mesh");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(
                outcome.out().contains("~ contract  sales.orders  1.0.0 → 1.1.0"), outcome.out());
        assertTrue(outcome.out().contains("[breaking] consumers that read it fail"), outcome.out());
        assertTrue(outcome.out().contains("orders.yaml:3:5: a new major version"), outcome.out());
        JsonNode sent = json(rig.node.asked().getFirst().body());
        assertEquals(1, sent.path("files").size(), "hidden files and other kinds stay at home");
        assertEquals(
                "kind: DataContract\n",
                new String(
                        Base64.getDecoder().decode(sent.at("/files/0/content").asString()),
                        StandardCharsets.UTF_8));
        assertEquals(1, rig.run("apply", "-f", "mesh").status());
        assertFalse(
                rig.node.asked().stream().anyMatch(asked -> asked.path().endsWith("applies")),
                "what cannot be applied is not sent");
    }

    @Test
    void applyAppliesThePlanThatWasShown() throws IOException {
        Files.writeString(folder.resolve("domain.yaml"), "kind: Domain\n");
        String plan =
                """
                {"digest": "d42", "revision": 4, "applicable": true, "problems": [],
                 "changes": [{"action": "create", "kind": "domain", "name": "sales", "details": []}]}
                """;
        rig.node.answer("POST", "/api/v1/plans", 200, plan);
        rig.node.answer(
                "POST", "/api/v1/applies", 200, "{\"revision\": 5, \"plan\": " + plan + "}");
        Outcome outcome = rig.run("apply", "-f", "domain.yaml");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("+ domain    sales"), outcome.out());
        assertTrue(outcome.out().contains("revision 5"), outcome.out());
        assertEquals(
                "d42", json(rig.node.asked().getLast().body()).path("expectedPlan").asString());
    }

    @Test
    void aPublishSendsItsFilesFollowsTheRunAndSumsUp() throws IOException {
        Files.createDirectories(folder.resolve("landing"));
        Files.writeString(folder.resolve("landing/day-1.csv"), "a,b\n1,2\n");
        Files.writeString(folder.resolve("landing/day-2.csv"), "a,b\n3,4\n");
        rig.node.answer("POST", "/api/v1/products/sales.orders/publishes", 202, run("running", ""));
        rig.node.answer(
                "GET",
                "/api/v1/runs/r7/events",
                200,
                "text/event-stream",
                event("progress", run("running", ", \"phase\": \"quality\", \"progress\": 0.4"))
                        + event("finished", run("committed", REPORT)));
        Outcome outcome = rig.run("publish", "sales.orders", "landing");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("sending 2 files"), outcome.err());
        assertTrue(outcome.err().contains("quality"), outcome.err());
        assertTrue(outcome.out().contains("committed"), outcome.out());
        assertTrue(outcome.out().contains("sheaf quarantine r7"), outcome.out());
        assertTrue(outcome.out().contains("required(country)       8"), outcome.out());
        assertTrue(outcome.out().contains("3.1417  between 0.5 and 20  passed"), outcome.out());
        String upload = rig.node.asked().getFirst().body();
        assertTrue(upload.contains("day-1.csv") && upload.contains("3,4"), upload);
    }

    @Test
    void aRefusedReleaseIsANegativeAnswerWithItsReason() throws IOException {
        Files.writeString(folder.resolve("day.csv"), "a\n");
        String refused =
                run(
                        "refused",
                        """
                        , "problem": {"type": "t", "title": "t", "status": 422, "detail": "mean_price_is_plausible failed",
                        "code": "RELEASE_REFUSED", "retryable": false, "instance": "i", "requestId": "r"}
                        """);
        rig.node.answer("POST", "/api/v1/products/sales.orders/publishes", 202, refused);
        rig.node.answer(
                "GET",
                "/api/v1/runs/r7/events",
                200,
                "text/event-stream",
                event("finished", refused));
        Outcome outcome = rig.run("publish", "sales.orders", "day.csv");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(
                outcome.out().contains("refused: mean_price_is_plausible failed"), outcome.out());
        Outcome json = rig.run("publish", "sales.orders", "day.csv", "--json");
        assertEquals("", json.err());
        assertEquals("refused", json(json.out()).path("state").asString());
    }

    @Test
    void columnsThatLookPersonalAreShownWithTheirEvidence() throws IOException {
        Files.writeString(folder.resolve("day.csv"), "a\n");
        String held =
                run(
                        "refused",
                        """
                        , "report": {"proposals": [
                          {"column": "c1", "path": "c1", "kind": "email", "type": "EMAIL_ADDRESS",
                           "confidence": 0.987, "evidence": ["9 of 9 values look like e-mail addresses"],
                           "decided": ""},
                          {"column": "who", "path": "who.tel", "kind": "phone", "type": "PHONE_NUMBER",
                           "confidence": 0.6, "evidence": [], "decided": "not-personal"}]}
                        """);
        rig.node.answer("POST", "/api/v1/products/sales.orders/publishes", 202, held);
        rig.node.answer(
                "GET", "/api/v1/runs/r7/events", 200, "text/event-stream", event("finished", held));
        String out = rig.run("publish", "sales.orders", "day.csv").out();
        assertTrue(out.contains("9 of 9 values look like e-mail addresses"), out);
        assertTrue(out.matches("(?s).*c1 +email +0\\.99 +nothing .*"), out);
        assertTrue(out.matches("(?s).*who\\.tel +phone +0\\.60 +not-personal.*"), out);
    }

    @Test
    void filesAndUrisAreNotMixedAndMissingFilesAreNamed() throws IOException {
        Files.writeString(folder.resolve("day.csv"), "a\n");
        assertEquals(2, rig.run("publish", "a.b", "day.csv", "s3://x/y").status());
        Outcome missing = rig.run("publish", "a.b", "nowhere.csv");
        assertEquals(3, missing.status());
        assertTrue(missing.err().contains("nowhere.csv"), missing.err());
        assertEquals(0, rig.node.asked().size());
    }

    @Test
    void aResultIsDrawnExactlyWithNullAndEmptyTextApart() {
        rig.node.answer("POST", "/api/v1/queries", 200, ROWS);
        Outcome outcome = rig.run("sql", "SELECT 1");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(
                """
                city  total
                ----  -----
                東京   2.50
                NULL   3.00
                       NULL
                """,
                outcome.out().lines().limit(5).reduce("", (all, line) -> all + line + "\n"));
        assertTrue(rig.node.asked().getFirst().body().contains("\"rowsMax\":1000"));
    }

    @Test
    void otherFormatsPassThroughAsTheyCome() throws IOException {
        rig.node.answer("POST", "/api/v1/queries", 200, "text/csv", "a,b\r\n1,\r\n");
        Outcome outcome = rig.run("sql", "SELECT 1", "--format", "csv");
        assertEquals("a,b\r\n1,\r\n", outcome.out());
        assertEquals("text/csv", rig.node.asked().getFirst().accept());
        assertFalse(rig.node.asked().getFirst().body().contains("rowsMax"));
        Outcome file = rig.run("sql", "SELECT 1", "-o", "out.csv");
        assertEquals(0, file.status(), file.err());
        assertEquals("a,b\r\n1,\r\n", Files.readString(folder.resolve("out.csv")));
        assertEquals(2, rig.run("sql", "SELECT 1", "-o", "out.bin").status());
    }

    @Test
    void aStatementComesFromAFileOrStandardInput() throws IOException {
        rig.node.answer("POST", "/api/v1/queries", 200, ROWS);
        Files.writeString(folder.resolve("q.sql"), "SELECT 'from a file'");
        rig.run("sql", "-f", "q.sql");
        rig.input("SELECT 'from a pipe'").run("sql", "-");
        assertTrue(rig.node.asked().get(0).body().contains("from a file"));
        assertTrue(rig.node.asked().get(1).body().contains("from a pipe"));
        assertEquals(2, rig.run("sql", "SELECT 1", "-f", "q.sql").status());
        assertEquals(2, rig.run("sql").status());
    }

    @Test
    void binaryResultsAreKeptOffATerminal() {
        Outcome outcome = rig.onTerminal().run("sql", "SELECT 1", "--format", "parquet");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("-o FILE"), outcome.err());
        assertEquals(0, rig.node.asked().size());
    }

    @Test
    void anErrorInSqlShowsItsPlace() {
        rig.node.problem(
                "POST",
                "/api/v1/queries",
                400,
                "INVALID_SQL",
                "syntax error",
                ", \"line\": 1, \"column\": 8");
        Outcome outcome = rig.run("sql", "SELECT FROM x");
        assertEquals(2, outcome.status());
        assertEquals(
                "error: syntax error\nline 1: SELECT FROM x\n               ^\n", outcome.err());
    }

    @Test
    void asOfGoesIntoTheStatement() {
        rig.node.answer("POST", "/api/v1/queries", 200, ROWS);
        rig.run("sql", "FROM sales.orders", "--as-of", "3");
        assertTrue(
                rig.node.asked().getFirst().body().contains("FROM sales.orders AT (VERSION => 3)"));
    }

    @Test
    void theShellRunsStatementsAndMetaCommandsFromAPipe() throws IOException {
        rig.node.answer(
                "GET",
                "/api/v1/node",
                200,
                """
                {"region": "aws/us-east-1", "version": "0.1.0", "startedAt": "2026-11-20T09:00:00Z", "uptimeSeconds": 1,
                 "dataDirectoryFreeBytes": 1, "caller": {"subject": "ada", "issuer": "i", "roles": [], "scopes": [],
                 "domains": []}}
                """);
        rig.node.answer("POST", "/api/v1/queries", 200, ROWS);
        rig.node.answer("GET", "/api/v1/products", 200, "{\"products\": [" + PRODUCT + "]}");
        Outcome outcome =
                rig.input(".products\nSELECT\n  1;\n.nonsense\n.json out.json\n.quit\nSELECT 2;\n")
                        .run("shell");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("sales.orders\n"), outcome.out());
        assertTrue(outcome.out().contains("東京"), outcome.out());
        assertTrue(outcome.err().contains(".nonsense"), outcome.err());
        assertTrue(Files.readString(folder.resolve("out.json")).contains("rowCount"));
        assertEquals(
                2,
                rig.node.asked().stream()
                        .filter(asked -> asked.path().endsWith("queries"))
                        .count());
    }

    @Test
    void aTokenIsPrintedOrKeptInAPrivateFile() throws IOException {
        rig.node.answer(
                "POST",
                "/api/v1/tokens",
                201,
                "{\"token\": \"t.o.k\", \"expiresAt\": \"2026-11-20T10:00:00Z\"}");
        Outcome outcome =
                rig.run(
                        "token",
                        "create",
                        "--sub",
                        "ada",
                        "--scope",
                        "query.run,catalog.read",
                        "--domains",
                        "sales",
                        "--ttl",
                        "8h");
        assertEquals("t.o.k\n", outcome.out());
        JsonNode sent = json(rig.node.asked().getFirst().body());
        assertEquals(28_800, sent.path("lifetimeSeconds").asInt());
        assertEquals(2, sent.path("scopes").size());
        rig.run("token", "create", "--sub", "ada", "--scope", "query.run", "-o", "ada.token");
        assertEquals("t.o.k\n", Files.readString(folder.resolve("ada.token")));
        assertEquals(
                2,
                rig.run("token", "create", "--sub", "a", "--scope", "query.run", "--ttl", "soon")
                        .status());
    }

    @Test
    void healthAlarmsWhenAProductIsNotHealthy() {
        rig.node.answer(
                "GET",
                "/api/v1/products/sales.orders/health",
                200,
                """
                {"product": "sales.orders", "status": "stale", "reasons": ["older than 26 h"], "schemaVersion": "1.0.0",
                 "freshness": {"releasedAt": "2026-11-18T09:00:00Z", "ageSeconds": 172800, "promisedSeconds": 93600,
                 "kept": false}, "errorRate": 0.01, "currentRelease": 3}
                """);
        Outcome outcome = rig.run("health", "sales.orders");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("older than 26 h"), outcome.out());
        assertTrue(
                outcome.out().contains("released 2 d 0 h ago; promised 1 d 2 h, not kept"),
                outcome.out());
    }

    @Test
    void deletingAsksForTheNameTwice() {
        rig.node.answer("DELETE", "/api/v1/products/sales.orders", 204, "");
        assertEquals(2, rig.run("delete", "sales.orders", "--confirm", "sales.order").status());
        assertEquals(0, rig.node.asked().size());
        assertEquals(0, rig.run("delete", "sales.orders", "--confirm", "sales.orders").status());
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        rig.node.answer("GET", "/api/v1/products", 200, "{\"products\": [" + PRODUCT + "]}");
        assertFalse(rig.run("products").out().contains("\u001b["));
        assertTrue(rig.onTerminal().run("products").out().contains("\u001b["));
        rig.environment.put("NO_COLOR", "1");
        assertFalse(rig.run("products").out().contains("\u001b["));
    }

    @Test
    void completionKnowsEveryCommand() {
        String script = rig.run("completion").out();
        for (CommandList.Entry entry : CommandList.ALL) {
            assertTrue(script.contains(entry.name()), entry.name());
        }
    }

    private static String run(String state, String more) {
        return RUN.replace("STATE", state).replace("MORE", more);
    }

    private static String event(String name, String run) {
        return "event: " + name + "\ndata: " + run.replace("\n", " ") + "\n\n";
    }

    private static JsonNode json(String text) {
        return Wire.json().readTree(text);
    }
}
