package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;
import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.cli.profile.Profile;
import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `sheaf context`, `links`, `link`: what they ask of the node, what they print.
final class ContextCommandsTest {
    private static final String DOCUMENT = "/api/v1/contexts/session/a%2F1";
    private static final String RECEIPT =
            """
            {"eventId": "e1", "duplicate": false, "changed": true, "dot": "aws/us-east-1#1:7",
             "at": "2026-11-26T09:00:00Z", "token": "tok", "version": "v7"}
            """;
    private static final String TYPE =
            """
            {"name": "session", "domain": "support", "versions": ["1.0", "1.1"], "scope": ["aws/us-east-1"],
             "stalenessClass": "critical", "documents": 1200, "declaration": "name: session"}
            """;
    private static final String CHANGE =
            """
            {"position": "%s", "type": "session", "id": "a/1"%s, "version": "v7", "eventId": "e1",
             "origin": "aws/us-east-1", "at": "2026-11-26T09:00:00Z"}
            """;
    private static final String CONFLICT =
            """
            {"position": "9", "metAt": "2026-11-26T09:00:00Z", "type": "session", "id": "a", "kind": "OVERWRITE",
             "pointer": "/status", "resolver": "lww", "escalated": "review", "shown": "open", "versions": [
              {"region": "aws/us-east-1", "dot": "d1", "value": "open"},
              {"region": "azure/westeurope", "dot": "d2", "value": null}, {"region": "gcp/x", "dot": "d3"}]}
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
    void aCheckpointIsTakenWhereItIsWanted() {
        rig.node.answer(
                "POST",
                "/api/v1/context-checkpoints",
                200,
                "{\"folder\": \"/srv/c1\", \"position\": 4711}");
        Outcome taken = rig.run("context", "checkpoint", "/srv/c1");
        assertEquals(0, taken.status(), taken.err());
        assertEquals("checkpoint in /srv/c1, up to log position 4711\n", taken.out());
        assertEquals("/srv/c1", json(rig.node.asked().getFirst().body()).at("/folder").asString());
    }

    @Test
    void typesAreListed() {
        rig.node.answer("GET", "/api/v1/context-types", 200, "{\"types\": [" + TYPE + "]}");
        Outcome table = rig.run("context", "types");
        assertEquals(0, table.status(), table.err());
        assertTrue(table.out().contains("session  support  1.0, 1.1  critical"), table.out());
        assertTrue(table.out().contains("1,200"), table.out());
        JsonNode json = json(rig.run("context", "types", "--json").out());
        assertEquals("support", json.at("/types/0/domain").asString());
    }

    @Test
    void aDeclarationIsCheckedBeforeItIsSent() throws IOException {
        Files.writeString(
                folder.resolve("good.yaml"),
                """
                apiVersion: sheaf.dev/v1
                kind: ContextType
                name: session
                domain: support
                residency: {regions: [aws/us-east-1]}
                versions: [{version: '1.0', schema: {type: object}}]
                """);
        Files.writeString(folder.resolve("bad.yaml"), "kind: ContextType\nnames: session\n");
        rig.node.answer("PUT", "/api/v1/context-types/session", 200, TYPE);
        Outcome bad = rig.run("context", "types", "apply", "good.yaml", "bad.yaml");
        assertEquals(2, bad.status());
        assertTrue(bad.err().contains("bad.yaml:"), bad.err());
        assertTrue(bad.err().contains("names"), bad.err());
        assertEquals(List.of(), rig.node.asked(), "one bad file, and nothing is sent");
        Outcome good = rig.run("context", "types", "apply", "good.yaml");
        assertEquals(0, good.status(), good.err());
        assertTrue(rig.node.asked().getFirst().body().startsWith("apiVersion: sheaf.dev/v1\n"));
        assertEquals(3, rig.run("context", "types", "apply", "missing.yaml").status());
    }

    @Test
    void aDocumentIsWrittenFromAFileOrAPipe() throws IOException {
        rig.node.answer("PUT", DOCUMENT, 200, RECEIPT);
        Files.writeString(folder.resolve("d.json"), "{\"from\":\"file\"}");
        Outcome written = rig.run("context", "put", "session", "a/1", "--file", "d.json");
        assertEquals(0, written.status(), written.err());
        assertEquals("written  version v7  as aws/us-east-1#1:7\ntoken tok\n", written.out());
        assertEquals("{\"from\":\"file\"}", rig.node.asked().getFirst().body());
        rig.input("{\"from\":\"pipe\"}").run("context", "put", "session", "a/1");
        assertEquals("{\"from\":\"pipe\"}", rig.node.asked().getLast().body());
        JsonNode json = json(rig.run("context", "put", "session", "a/1", "--json").out());
        assertEquals("tok", json.path("token").asString());
        assertEquals(3, rig.run("context", "put", "session", "a", "--file", "no").status());
    }

    @Test
    void patchesGoAsTheyAre() {
        rig.node.answer("PATCH", DOCUMENT, 200, RECEIPT.replace("true", "false"));
        Outcome patched = rig.input("[]").run("context", "patch", "session", "a/1");
        assertTrue(patched.out().startsWith("changes nothing"), patched.out() + patched.err());
        assertEquals("[]", rig.node.asked().getFirst().body());
        rig.node.answer(
                "PATCH",
                DOCUMENT,
                200,
                RECEIPT.replace("\"duplicate\": false", "\"duplicate\": true"));
        Outcome again = rig.input("{}").run("context", "patch", "session", "a/1", "--merge");
        assertTrue(again.out().startsWith("was there already"), again.out());
        rig.node.problem("PATCH", DOCUMENT, 412, "PRECONDITION_FAILED", "it moved on", "");
        assertEquals(5, rig.run("context", "patch", "session", "a/1", "--if-match", "v1").status());
    }

    @Test
    void aDocumentIsShownAndWhatIsKnownAboutItBesideIt() {
        rig.node.answer(
                "GET",
                DOCUMENT + "?maxStaleness=100ms&patience=2s&token=t%2B1&version=1.0",
                200,
                "{\"total\": 0.1000000000000000055511151231257827}",
                Map.of(
                        "ETag", "\"v7\"",
                        "Sheaf-Context-Token", "tok",
                        "Sheaf-Staleness-Ms", "40",
                        "Sheaf-Conflicts", "2",
                        "Sheaf-Schema-Version", "1.0",
                        "Sheaf-Redacted", "/customer/name, /a%2Cb"));
        String[] command = {
            "context",
            "get",
            "session",
            "a/1",
            "--max-staleness",
            "100ms",
            "--patience",
            "2s",
            "--token",
            "t+1",
            "--schema-version",
            "1.0"
        };
        Outcome shown = rig.run(command);
        assertEquals(0, shown.status(), shown.err());
        assertTrue(shown.out().contains("0.1000000000000000055511151231257827"), shown.out());
        assertEquals(
                "version v7, at most 40 ms old, 2 places in conflict\nredacted /customer/name\n"
                        + "redacted /a,b\ntoken tok\n",
                shown.err());
        String[] withJson = java.util.Arrays.copyOf(command, command.length + 1);
        withJson[command.length] = "--json";
        Outcome json = rig.run(withJson);
        assertEquals("", json.err());
        assertEquals(40, json(json.out()).path("stalenessMs").asInt());
        assertEquals("/a,b", json(json.out()).at("/redacted/1").asString());
    }

    @Test
    void aReadThatCannotBeFreshEnoughEndsWithSix() {
        rig.node.problem(
                "GET",
                DOCUMENT,
                503,
                "STALE",
                "this node knows too little",
                ", \"measuredStalenessMs\": 250");
        Outcome stale = rig.run("context", "get", "session", "a/1", "--json");
        assertEquals(6, stale.status());
        assertEquals(250, json(stale.err()).path("measuredStalenessMs").asInt());
        assertEquals(1, rig.node.asked().size(), "it has waited; it is not repeated");
        rig.node.problem("GET", DOCUMENT, 404, "NOT_FOUND", "there is none", "");
        assertEquals(3, rig.run("context", "get", "session", "a/1").status());
    }

    @Test
    void idsAreOnePerLine() {
        rig.node.answer(
                "GET",
                "/api/v1/contexts/session?limit=2&after=b",
                200,
                "{\"ids\": [\"c/1\", \"d\\u001b[2J\"], \"next\": \"d\"}");
        Outcome list = rig.run("context", "list", "session", "--after", "b", "--limit", "2");
        assertEquals("c/1\nd\\u001b[2J\n", list.out());
        assertEquals("perhaps more: --after 'd'\n", list.err());
    }

    @Test
    void changesAreFollowedAcrossABrokenConnection() {
        String path = "/api/v1/context-watch/session?id=a%2F1";
        rig.node.answer(
                "GET",
                path,
                200,
                "text/event-stream",
                ": it begins\n\n" + event("3", CHANGE.formatted("3", ", \"value\": {\"n\": 1}")));
        rig.node.answer(
                "GET",
                path + "&position=3",
                200,
                "text/event-stream",
                event("5", CHANGE.formatted("5", "")) + event("6", CHANGE.formatted("6", "")));
        Outcome watched = rig.run("context", "watch", "session", "a/1", "--count", "2");
        assertEquals(0, watched.status(), watched.err());
        List<String> lines = watched.out().lines().toList();
        assertEquals(2, lines.size(), watched.out());
        assertTrue(lines.getFirst().endsWith("a/1  {\"n\":1}"), watched.out());
        assertTrue(lines.getLast().endsWith("a/1  gone"), watched.out());
        Outcome json = rig.run("context", "watch", "session", "a/1", "--count", "1", "--json");
        assertEquals("3", json(json.out()).path("position").asString());
    }

    private static String event(String id, String data) {
        return "id: " + id + "\nevent: change\ndata: " + data.replace("\n", " ") + "\n\n";
    }

    @Test
    void historyShowsWhoWroteWhat() {
        rig.node.answer(
                "GET",
                "/api/v1/context-history/session/a%2F1?limit=5",
                200,
                """
                {"events": [{"eventId": "e1", "kind": "CONTEXT_DELTA", "dot": "aws/us-east-1#1:7", "author": "ada",
                 "at": "2026-11-26T09:00:00Z", "schemaVersion": "1.0", "context": "{}",
                 "operations": ["assign /status \\"open\\"", "remove /x"]}]}
                """);
        Outcome history = rig.run("context", "history", "session", "a/1", "-n", "5");
        assertTrue(
                history.out().contains("e1     ada  assign /status \"open\"; remove /x"),
                history.out() + history.err());
    }

    @Test
    void conflictsShowWhoMetWhomAndWhoDecided() {
        rig.node.answer(
                "GET",
                "/api/v1/context-conflicts?type=session&queue=review&limit=100",
                200,
                "{\"conflicts\": [" + CONFLICT + "], \"next\": \"9\"}");
        Outcome table = rig.run("context", "conflicts", "--type", "session", "--queue", "review");
        assertEquals(0, table.status(), table.err());
        assertTrue(
                table.out()
                        .contains(
                                "session/a#/status  aws/us-east-1 \"open\" | azure/westeurope null"
                                        + " | gcp/x removed  lww (on queue review)"),
                table.out());
        assertEquals("perhaps more: --after 9\n", table.err());
    }

    @Test
    void twoAnswersToOneTurnAreNotShownAsRemovals() {
        rig.node.answer(
                "GET",
                "/api/v1/context-conflicts?limit=100",
                200,
                "{\"conflicts\": [" + CONFLICT.replace("OVERWRITE", "BRANCH") + "]}");
        Outcome table = rig.run("context", "conflicts");
        assertTrue(table.out().contains("gcp/x answered"), table.out() + table.err());
    }

    @Test
    void erasingAsksForTheNameTwice() {
        rig.node.answer("DELETE", DOCUMENT + "?erase=true", 200, RECEIPT);
        rig.node.answer(
                "POST",
                "/api/v1/context-subjects/session/erase",
                200,
                "{\"eventId\": \"e\", \"erased\": 3}");
        assertEquals(2, rig.run("context", "erase", "session", "a/1").status());
        assertEquals(2, rig.run("context", "erase", "session", "a/1", "--confirm", "a/2").status());
        assertEquals(2, rig.run("context", "erase", "session", "--confirm", "a/2").status());
        assertEquals(List.of(), rig.node.asked());
        assertEquals(0, rig.run("context", "erase", "session", "a/1", "--confirm", "a/1").status());
        Outcome all = rig.run("context", "erase", "session", "--subject", "s1", "--confirm", "s1");
        assertEquals("erased 3 documents here\n", all.out(), all.err());
        assertEquals("s1", json(rig.node.asked().getLast().body()).path("subject").asString());
    }

    @Test
    void deletingIsNotErasing() {
        rig.node.answer("DELETE", DOCUMENT, 200, RECEIPT);
        assertEquals(0, rig.run("context", "delete", "session", "a/1").status());
    }

    @Test
    void linesOfEventsAreSentInBatchesAndCountedTogether() {
        String path = "/api/v1/contexts/events?type=session";
        rig.node.answer(
                "POST",
                path,
                200,
                """
                {"events": 2, "written": 1, "duplicates": 0, "refused": 1, "results": [{"index": 0, "receipt": RECEIPT},
                 {"index": 1, "problem": {"type": "t", "title": "t", "status": 400, "detail": "no id", "code": "BAD_REQUEST",
                  "retryable": false, "instance": "i", "requestId": "r"}}]}
                """
                        .replace("RECEIPT", RECEIPT));
        Outcome sent =
                rig.input("{\"n\":1}\n".repeat(1500)).run("context", "ingest", "--type", "session");
        assertEquals(1, sent.status(), sent.err());
        assertEquals(2, rig.node.asked().size());
        assertEquals(1000, rig.node.asked().getFirst().body().lines().count());
        assertTrue(
                sent.out().startsWith("4 events: 2 written, 0 there already, 2 refused\n"),
                sent.out());
        assertTrue(sent.out().contains("    3  BAD_REQUEST  no id"), sent.out());
        rig.input("[{\"n\":1},\n{\"n\":2}]").run("context", "ingest", "--type", "session");
        assertEquals("[{\"n\":1},\n{\"n\":2}]", rig.node.asked().getLast().body());
        rig.input("{\n\"n\":1}\n").run("context", "ingest", "--type", "session");
        assertEquals("{\n\"n\":1}\n", rig.node.asked().getLast().body());
        int before = rig.node.asked().size();
        assertEquals(0, rig.input("\n \n").run("context", "ingest").status());
        assertEquals(before, rig.node.asked().size(), "nothing is nothing to send");
    }

    @Test
    void linksShowHowFarBehindTheyAre() {
        rig.node.answer(
                "GET",
                "/api/v1/links",
                200,
                """
                {"links": [{"region": "azure/westeurope", "state": "up", "stalenessMs": 42, "roundTripMs": 1.25,
                  "via": "azure/westeurope", "eventsIn": 1000, "eventsOut": 2, "bytesIn": 2048, "bytesOut": 1, "framesOut": 1,
                  "savedBytes": -5, "queuedBytes": 0, "digests": "equal"},
                 {"region": "gcp/x", "state": "down", "via": "azure/westeurope", "eventsIn": 0, "eventsOut": 0, "bytesIn": 0,
                  "bytesOut": 0, "framesOut": 0, "savedBytes": 0, "queuedBytes": 0, "digests": "unknown"}]}
                """);
        Outcome table = rig.run("links");
        assertEquals(0, table.status(), table.err());
        assertTrue(table.out().contains("42 ms     1.25 ms"), table.out());
        assertTrue(table.out().lines().toList().getLast().contains("unknown"), table.out());
        assertEquals(2, json(rig.run("links", "--json").out()).path("links").size());
    }

    @Test
    void faultsAreToldToTheNodesOfBothRegions() {
        try (FakeNode west = new FakeNode()) {
            ProfileStore profiles = new ProfileStore(folder);
            Optional<Path> token = Optional.of(folder.resolve("token"));
            LocalMesh mesh =
                    new LocalMesh(
                            List.of(
                                    new LocalMesh.Member(RegionName.parse("aws/us-east-1"), 1, 2),
                                    new LocalMesh.Member(
                                            RegionName.parse("azure/westeurope"), 3, 4)));
            mesh.write(profiles);
            profiles.write(
                    Optional.of(mesh.members().getFirst().profile()),
                    new Profile(rig.node.url(), token, Optional.empty()));
            profiles.write(
                    Optional.of(mesh.members().getLast().profile()),
                    new Profile(west.url(), token, Optional.empty()));
            rig.node.answer("POST", "/api/v1/links/azure%2Fwesteurope/faults", 204, "");
            west.answer("POST", "/api/v1/links/aws%2Fus-east-1/faults", 204, "");
            Outcome cut = rig.run("link", "cut", "aws/us-east-1", "azure/westeurope");
            assertEquals(0, cut.status(), cut.err());
            assertEquals("aws/us-east-1 ↔ azure/westeurope cut\n", cut.out());
            assertEquals(
                    "{\"action\":\"cut\",\"direction\":\"both\"}",
                    rig.node.asked().getLast().body());
            assertEquals(1, west.asked().size());
            rig.run(
                    "link",
                    "delay",
                    "azure/westeurope",
                    "aws/us-east-1",
                    "--millis",
                    "40",
                    "--one-way");
            assertEquals(2, west.asked().size());
            assertEquals(1, rig.node.asked().size(), "one way is one side");
            assertEquals(
                    "{\"action\":\"delay\",\"delayMs\":40,\"jitterMs\":0}",
                    west.asked().getLast().body());
            Outcome healed = rig.run("link", "heal", "aws/us-east-1", "azure/westeurope", "--json");
            assertEquals("azure/westeurope", json(healed.out()).at("/told/1/at").asString());
            assertEquals(3, rig.run("link", "cut", "aws/us-east-1", "gcp/nowhere").status());
            assertEquals(2, rig.run("link", "cut", "aws/us-east-1", "aws/us-east-1").status());
            assertEquals(2, rig.run("link", "cut", "aws", "azure/westeurope").status());
        }
    }

    @Test
    void noTypeIsAUsageError() {
        assertEquals(2, rig.run("context", "get").status());
        assertEquals(2, rig.run("context", "lst").status());
        assertFalse(rig.run("context", "--help").out().isEmpty());
    }

    private static JsonNode json(String text) {
        return Wire.json().readTree(text);
    }
}
