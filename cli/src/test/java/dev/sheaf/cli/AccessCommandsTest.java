package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;
import dev.sheaf.client.Wire;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// `sheaf access`: what it asks of the node, what it prints.
final class AccessCommandsTest {
    private static final String GRANT =
            """
            {"id": "g-1", "product": "customer.customers", "subject": "team:care", "purpose": "letters", "state": "%s",
             "askedBy": "ana", "askedAt": "2026-11-26T12:00:00Z", "reason": "They want paper.",
             "wanted": {"from": "2026-11-26T12:00:00Z", "until": "2027-01-01T00:00:00Z", "clear": true}%s}
            """;
    private static final String REQUESTED = GRANT.formatted("requested", ", \"decisions\": []");
    private static final String APPROVED =
            GRANT.formatted(
                    "approved",
                    """
                    , "granted": {"from": "2026-11-26T12:05:00Z", "until": "2026-12-15T00:00:00Z", "clear": false},
                     "decisions": [{"kind": "approval", "by": "olga", "at": "2026-11-26T12:05:00Z", "reason": "",
                      "terms": {"from": "2026-11-26T12:05:00Z", "until": "2026-12-15T00:00:00Z", "clear": false}}]
                    """);
    private static final String DENIED =
            GRANT.formatted(
                    "denied",
                    """
                    , "decisions": [{"kind": "denial", "by": "olga", "at": "2026-11-26T12:05:00Z", "reason": "not\\u001b[2J this"}]
                    """);

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
    void aRequestSaysAllThatTheOptionsSay() {
        rig.node.answer("POST", "/api/v1/grants", 201, REQUESTED);
        Outcome asked =
                rig.run(
                        "access",
                        "request",
                        "customer.customers",
                        "--purpose",
                        "letters",
                        "--until",
                        "2026-12-31",
                        "--for",
                        "team:care",
                        "--clear",
                        "--reason",
                        "They want paper.");
        assertEquals(0, asked.status(), asked.err());
        assertEquals(
                "g-1 is requested: customer.customers for team:care, purpose 'letters', until"
                        + " 2027-01-01 00:00:00Z, personal data as it is\n",
                asked.out());
        assertEquals(
                json(
                        """
                        {"product": "customer.customers", "purpose": "letters", "until": "2027-01-01T00:00:00Z",
                         "subject": "team:care", "clear": true, "reason": "They want paper."}
                        """),
                json(rig.node.asked().getLast().body()));
    }

    @Test
    void anEndIsADayOrAnInstantOrATimeFromNowOn() {
        rig.node.answer("POST", "/api/v1/grants", 201, REQUESTED);
        assertEquals(Instant.parse("2026-12-31T18:00:00Z"), until("2026-12-31T18:00:00Z"));
        Instant before = Instant.now();
        Instant end = until("30d");
        assertTrue(!end.isBefore(before.plus(Duration.ofDays(30))), end.toString());
        assertTrue(end.isBefore(before.plus(Duration.ofDays(31))), end.toString());
        assertTrue(until("8h").isBefore(end));
        int asked = rig.node.asked().size();
        for (String wrong : new String[] {"tomorrow", "2026-13-01", "30", "-1d", "2026-12-31T18"}) {
            Outcome refused = request("--until=" + wrong);
            assertEquals(2, refused.status(), wrong);
            assertTrue(refused.err().contains("'" + wrong + "'"), refused.err());
        }
        assertEquals(asked, rig.node.asked().size());
    }

    private Instant until(String text) {
        assertEquals(0, request("--until=" + text).status());
        return Instant.parse(json(rig.node.asked().getLast().body()).path("until").asString());
    }

    private Outcome request(String until) {
        return rig.run("access", "request", "customer.customers", "--purpose", "churn", until);
    }

    @Test
    void purposeAndEndAndTheReasonsOfRefusalsAreRequired() {
        assertEquals(2, rig.run("access", "request", "a.b", "--until", "30d").status());
        assertEquals(2, rig.run("access", "request", "a.b", "--purpose", "churn").status());
        assertEquals(2, rig.run("access", "deny", "g-1").status());
        assertEquals(2, rig.run("access", "revoke", "g-1").status());
        assertEquals(2, rig.run("access").status());
        assertEquals(0, rig.node.asked().size());
    }

    @Test
    void decisionsGoToTheGrant() {
        rig.node.answer("POST", "/api/v1/grants/g-1/approve", 200, APPROVED);
        Outcome approved = rig.run("access", "approve", "g-1", "--until", "2026-12-14", "--masked");
        assertEquals(
                "g-1 is approved: customer.customers for team:care, purpose 'letters', until"
                        + " 2026-12-15 00:00:00Z, personal data masked\n",
                approved.out(),
                approved.err());
        assertEquals(
                json("{\"until\": \"2026-12-15T00:00:00Z\", \"masked\": true}"),
                json(rig.node.asked().getLast().body()));
        rig.run("access", "approve", "g-1");
        assertEquals(json("{}"), json(rig.node.asked().getLast().body()));
        for (String verb : new String[] {"deny", "revoke"}) {
            rig.node.answer("POST", "/api/v1/grants/g-1/" + verb, 200, DENIED);
            assertEquals(0, rig.run("access", verb, "g-1", "--reason", "not this").status());
            assertEquals(
                    json("{\"reason\": \"not this\"}"), json(rig.node.asked().getLast().body()));
        }
    }

    @Test
    void theListShowsWhatCountsAndNothingThatMovesTheCursor() {
        rig.node.answer(
                "GET",
                "/api/v1/grants?limit=100",
                200,
                "{\"grants\": [" + APPROVED + "," + DENIED + "], \"truncated\": true}");
        Outcome list = rig.run("access", "list");
        assertEquals(0, list.status(), list.err());
        String[] lines = list.out().split("\n", -1);
        assertTrue(lines[2].contains("approved  2026-12-15 00:00:00Z  masked"), list.out());
        assertTrue(lines[2].contains("ana       olga        They want paper."), list.out());
        assertTrue(lines[3].contains("denied    2027-01-01 00:00:00Z  as it is"), list.out());
        assertTrue(!list.out().contains("\u001b"), list.out());
        assertTrue(list.err().contains("there are more"), list.err());
        rig.node.answer(
                "GET",
                "/api/v1/grants?limit=5&product=customer.customers&subject=team%3Acare&state=approved",
                200,
                "{\"grants\": [" + APPROVED + "], \"truncated\": false}");
        Outcome json =
                rig.run(
                        "access",
                        "list",
                        "--product",
                        "customer.customers",
                        "--subject",
                        "team:care",
                        "--state",
                        "APPROVED",
                        "-n",
                        "5",
                        "--json");
        assertEquals("g-1", json(json.out()).at("/grants/0/id").asString(), json.err());
    }

    @Test
    void whatTheNodeRefusesIsTheAnswer() {
        rig.node.problem(
                "POST",
                "/api/v1/grants/g-1/approve",
                403,
                "FORBIDDEN",
                "g-1 is your own request",
                "");
        Outcome refused = rig.run("access", "approve", "g-1");
        assertEquals(4, refused.status());
        assertTrue(refused.err().contains("your own request"), refused.err());
    }

    private static JsonNode json(String text) {
        return Wire.json().readTree(text);
    }
}
