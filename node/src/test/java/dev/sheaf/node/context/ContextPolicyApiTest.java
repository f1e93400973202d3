package dev.sheaf.node.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.Wire;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What callers may do with context, and what they see of it, at each door of the API.
final class ContextPolicyApiTest {
    private static final String OWNER = "context.read,context.write,context.erase@support@olga";
    private static final String READER = "context.read,context.write,context.erase@sales@ana";
    private static final String CASE =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: support.case
            domain: support
            versions:
              - {version: "1.0", schema: {type: object}}
              - {version: "1.1", schema: {type: object}, compatible: true}
            fields:
              /customer/email: {classification: pii, tags: [contact]}
              /people/*/phone: {classification: pii}
              /contacts: {classification: pii}
              /note: {classification: secret}
            residency: {regions: [aws/us-east-1, azure/westeurope]}
            """;
    private static final String DOCUMENT =
            """
            {"status":"open","customer":{"id":7,"email":"ada@example.com"},
             "people":[{"name":"A","phone":"123"},{"name":"B","phone":"456"}],
             "contacts":{"ada@example.com":"home"},"note":"hush"}
            """;
    private static final String PATH = "/contexts/support.case/c-1";

    private final ApiRig rig = new ApiRig(false);

    @BeforeEach
    void aDocument() {
        rig.context.declare(CASE);
        assertEquals(200, rig.put(PATH, DOCUMENT).statusCode());
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void grant(Duration left, boolean isClear) {
        Instant now = Instant.now();
        rig.grants.add(
                new GrantFacts(
                        "g-1",
                        "support.case",
                        "care",
                        now.minusSeconds(60),
                        now.plus(left),
                        false,
                        isClear));
    }

    private HttpResponse<String> as(String token, String path) {
        return rig.send("GET", path, token, "");
    }

    private HttpResponse<String> write(
            String method, String path, String form, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = form;
        return rig.send(method, path, READER, body, all);
    }

    private HttpResponse<String> patch(String operations, String... headers) {
        return write(
                "PATCH",
                PATH + "?purpose=care",
                "application/json-patch+json",
                operations,
                headers);
    }

    /// Ana may write, and reads with the grant's masks.
    private void anaWrites() {
        grant(Duration.ofHours(1), false);
        rig.alsoUse(
                """
                package rules.more
                permit contains "more.write: ana writes" if {
                	input.subject.id == "ana"
                	input.action in {"context.write", "context.erase"}
                }
                """);
    }

    @Test
    void theDomainsOwnPeopleSeeEverything() {
        HttpResponse<String> answer = as(OWNER, PATH);
        assertEquals(200, answer.statusCode());
        assertEquals(Wire.json().readTree(DOCUMENT), ApiRig.json(answer));
        assertTrue(answer.headers().firstValue("Sheaf-Masked").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/contexts/support.case/c-1",
                "/contexts/support.case",
                "/api/v1/context-watch/support.case",
                "/api/v1/context-conflicts?type=support.case",
                "/api/v1/context-conflicts?type=support.case&follow=true",
                "/api/v1/context-history/support.case/c-1"
            })
    void whatOneMayNotKnowOfIsNotThere(String path) {
        HttpResponse<String> hidden = as(READER, path);
        HttpResponse<String> nothing = as(READER, path.replace("support.case", "none"));
        assertEquals(404, hidden.statusCode(), hidden.body());
        assertEquals(
                ApiRig.json(nothing).path("detail").asString("").replace("none", "support.case"),
                ApiRig.json(hidden).path("detail").asString(""));
        assertEquals(nothing.statusCode(), hidden.statusCode());
    }

    @Test
    void aHolderReadsForThePurposeOfTheGrant() {
        grant(Duration.ofHours(1), false);
        assertEquals(200, as(READER, PATH + "?purpose=care").statusCode());
        HttpResponse<String> without = as(READER, PATH);
        assertEquals(403, without.statusCode());
        assertTrue(without.body().contains("purpose.missing"), without.body());
        assertEquals(403, as(READER, PATH + "?purpose=other").statusCode());
    }

    @Test
    void theEndOfAGrantIsExact() throws InterruptedException {
        grant(Duration.ofMillis(400), false);
        Instant end = rig.grants.getFirst().until();
        assertEquals(200, as(READER, PATH + "?purpose=care").statusCode());
        Thread.sleep(Duration.between(Instant.now(), end).plusMillis(1));
        assertEquals(404, as(READER, PATH + "?purpose=care").statusCode());
    }

    @Test
    void aRevocationCountsAtTheNextRequest() {
        grant(Duration.ofHours(1), false);
        assertEquals(200, as(READER, PATH + "?purpose=care").statusCode());
        rig.grants.clear();
        assertEquals(404, as(READER, PATH + "?purpose=care").statusCode());
    }

    @Test
    void theCatalogueShowsWhatOneMayKnowOf() {
        assertFalse(as(READER, "/api/v1/context-types").body().contains("\"support.case\""));
        assertTrue(as(OWNER, "/api/v1/context-types").body().contains("\"support.case\""));
        grant(Duration.ofHours(1), false);
        assertTrue(as(READER, "/api/v1/context-types").body().contains("\"support.case\""));
    }

    @Test
    void masksReachNestedPlacesElementsAndMaps() {
        grant(Duration.ofHours(1), false);
        HttpResponse<String> answer = as(READER, PATH + "?purpose=care");
        JsonNode seen = ApiRig.json(answer);
        assertEquals("open", seen.path("status").asString(""));
        assertEquals(7, seen.path("customer").path("id").asInt(0));
        assertEquals(64, seen.path("customer").path("email").asString("").length());
        assertEquals(64, seen.path("people").path(1).path("phone").asString("").length());
        assertEquals("B", seen.path("people").path(1).path("name").asString(""));
        assertNotEquals(
                seen.path("people").path(0).path("phone"),
                seen.path("people").path(1).path("phone"));
        assertTrue(seen.path("contacts").isNull() && seen.path("note").isNull(), answer.body());
        for (String hidden : List.of("ada@", "123", "456", "hush")) {
            assertFalse(answer.body().contains(hidden), answer.body());
        }
        assertEquals(
                "/contacts, /customer/email, /note, /people/%2A/phone".replace("%2A", "*"),
                answer.headers().firstValue("Sheaf-Masked").orElse(""));
    }

    @Test
    void aClearGrantShowsAllButSecrets() {
        grant(Duration.ofHours(1), true);
        JsonNode seen = ApiRig.json(as(READER, PATH + "?purpose=care"));
        assertEquals("ada@example.com", seen.path("customer").path("email").asString(""));
        assertTrue(seen.path("note").isNull());
    }

    @Test
    void versionsTellNothingOfWhatIsMasked() {
        grant(Duration.ofHours(1), false);
        String first = tag(as(READER, PATH + "?purpose=care"));
        String true_ = tag(as(OWNER, PATH));
        assertNotEquals(true_, first);
        rig.patch(PATH, "application/json-patch+json", replace("/note", "\"loud\""));
        assertEquals(first, tag(as(READER, PATH + "?purpose=care")));
        assertEquals(
                304,
                rig.send("GET", PATH + "?purpose=care", READER, "", "If-None-Match", first)
                        .statusCode());
        assertEquals(
                200,
                rig.send("GET", PATH + "?purpose=care", READER, "", "If-None-Match", true_)
                        .statusCode());
        rig.patch(PATH, "application/json-patch+json", replace("/status", "\"done\""));
        assertNotEquals(first, tag(as(READER, PATH + "?purpose=care")));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    private static String replace(String path, String value) {
        return "[{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":" + value + "}]";
    }

    @Test
    void otherVersionsOfTheSchemaAreNotShownWithMasks() {
        grant(Duration.ofHours(1), false);
        assertEquals(403, as(READER, PATH + "?purpose=care&version=1.0").statusCode());
        assertEquals(200, as(READER, PATH + "?purpose=care&version=1.1").statusCode());
        assertEquals(200, as(OWNER, PATH + "?version=1.0").statusCode());
    }

    @Test
    void historyTellsWhoMaySeePartsWhoWroteWhen() {
        grant(Duration.ofHours(1), false);
        JsonNode events =
                ApiRig.json(as(READER, "/api/v1/context-history/support.case/c-1?purpose=care"))
                        .path("events");
        assertEquals("ada", events.path(0).path("author").asString(""));
        assertEquals(0, events.path(0).path("operations").size());
        assertEquals(
                1,
                ApiRig.json(as(OWNER, "/api/v1/context-history/support.case/c-1"))
                        .path("events")
                        .path(0)
                        .path("operations")
                        .size());
    }

    private void conflict(String pointer, String value) {
        Optional<JsonNode> met = Optional.of(Wire.json().readTree(value));
        rig.context.conflicts.add(
                new ConflictEntry(
                        Integer.toString(rig.context.conflicts.size() + 1),
                        Instant.EPOCH,
                        new DocumentKey("support.case", "c-1"),
                        "OVERWRITE",
                        pointer,
                        "lww",
                        Optional.empty(),
                        List.of(
                                new ConflictEntry.Version(
                                        "aws/us-east-1", "a:1", Optional.empty(), met)),
                        met));
    }

    @Test
    void conflictsAreMaskedAtTheirPlaces() {
        grant(Duration.ofHours(1), false);
        conflict("/customer/email", "\"ada@example.com\"");
        conflict("/customer", "{\"id\":7,\"email\":\"ada@example.com\"}");
        conflict("/contacts/ada@example.com", "\"home\"");
        conflict("/status", "\"open\"");
        String path = "/api/v1/context-conflicts?type=support.case&purpose=care";
        String body = as(READER, path).body();
        assertFalse(body.contains("ada@") || body.contains("home"), body);
        JsonNode found = Wire.json().readTree(body).path("conflicts");
        assertEquals("/contacts", found.path(2).path("pointer").asString(""), body);
        assertEquals("open", found.path(3).path("shown").asString(""), body);
        assertEquals(4, found.size());
        assertTrue(as(OWNER, path).body().contains("ada@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"op\":\"test\",\"path\":\"/customer/email\",\"value\":\"ada@example.com\"}]",
                "[{\"op\":\"test\",\"path\":\"/customer\",\"value\":{}}]",
                "[{\"op\":\"test\",\"path\":\"\",\"value\":{}}]",
                "[{\"op\":\"test\",\"path\":\"/people/0/phone\",\"value\":\"123\"}]",
                "[{\"op\":\"test\",\"path\":\"/contacts/ada@example.com\",\"value\":\"home\"}]",
                "[{\"op\":\"copy\",\"from\":\"/note\",\"path\":\"/status\"}]",
                "[{\"op\":\"copy\",\"from\":\"/status\",\"path\":\"/contacts/x\"}]",
                "[{\"op\":\"move\",\"from\":\"/customer\",\"path\":\"/x\"}]",
                "[{\"op\":\"copy\",\"from\":\"/people/0\",\"path\":\"/x\"}]",
                "[{\"op\":\"remove\",\"path\":\"/contacts/ada@example.com\"}]"
            })
    void nobodyReadsByWriting(String operations) {
        anaWrites();
        int before = rig.context.writes.size();
        HttpResponse<String> answer = patch(operations);
        assertEquals(403, answer.statusCode(), answer.body());
        HttpResponse<String> event =
                write(
                        "POST",
                        "/contexts/events?type=support.case&purpose=care",
                        "application/json",
                        """
                        {"eventId":"e-1","timestamp":"2026-11-26T09:00:00Z","version":"1.1",
                         "contextId":"c-1","cloudRegion":"aws/us-east-1",
                         "eventType":"CONTEXT_DELTA","payload":{"operations":%s}}
                        """
                                .formatted(operations));
        assertEquals(403, event.statusCode(), event.body());
        assertEquals(before, rig.context.writes.size());
    }

    @Test
    void whoSeesMasksWritesPlaces() {
        anaWrites();
        HttpResponse<String> answer = patch(replace("/status", "\"done\""));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("", tag(answer));
        assertEquals("", ApiRig.json(answer).path("version").asString("?"));
        assertEquals(200, patch(replace("/note", "\"new\"")).statusCode());
        assertEquals("new", ApiRig.json(as(OWNER, PATH)).path("note").asString(""));
    }

    @Test
    void aWriteDoesNotSayWhetherItChangedWhatIsMasked() {
        anaWrites();
        assertTrue(
                ApiRig.json(patch(replace("/note", "\"hush\""))).path("changed").asBoolean(false));
        assertTrue(
                ApiRig.json(patch(replace("/note", "\"loud\""))).path("changed").asBoolean(false));
    }

    @Test
    void masksAreNotWrittenOverWhatTheyStandFor() {
        anaWrites();
        String seen = as(READER, PATH + "?purpose=care").body();
        HttpResponse<String> answer =
                write("PUT", PATH + "?purpose=care", "application/json", seen);
        assertEquals(403, answer.statusCode(), answer.body());
        assertEquals("hush", ApiRig.json(as(OWNER, PATH)).path("note").asString(""));
        assertEquals(
                200,
                write(
                                "PUT",
                                "/contexts/support.case/c-2?purpose=care",
                                "application/json",
                                "{\"status\":\"new\"}",
                                "If-None-Match",
                                "*")
                        .statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"note\":\"hush\"}",
                "{\"customer\":{\"email\":\"ada@example.com\"}}",
                "{\"customer\":null}",
                "{\"contacts\":{\"ada@example.com\":\"home\"}}",
                "{\"people\":[]}",
                "{\"contacts\":{}}",
                "7"
            })
    void mergePatchesCompareWithNothingMasked(String patch) {
        anaWrites();
        HttpResponse<String> answer =
                write("PATCH", PATH + "?purpose=care", "application/merge-patch+json", patch);
        assertEquals(403, answer.statusCode(), answer.body());
    }

    @Test
    void mergePatchesOfWhatIsSeenAreWritten() {
        anaWrites();
        HttpResponse<String> answer =
                write(
                        "PATCH",
                        PATH + "?purpose=care",
                        "application/merge-patch+json",
                        "{\"status\":\"done\",\"customer\":{\"id\":8}}");
        assertEquals(200, answer.statusCode(), answer.body());
        JsonNode now = ApiRig.json(as(OWNER, PATH));
        assertEquals(8, now.path("customer").path("id").asInt(0));
        assertEquals("ada@example.com", now.path("customer").path("email").asString(""));
    }

    @Test
    void conditionsAreAboutWhatIsSeen() {
        anaWrites();
        String seen = tag(as(READER, PATH + "?purpose=care"));
        String trueVersion = tag(as(OWNER, PATH));
        assertEquals(412, patch(replace("/status", "\"x\""), "If-Match", trueVersion).statusCode());
        assertEquals(200, patch(replace("/status", "\"x\""), "If-Match", seen).statusCode());
        assertEquals(412, patch(replace("/status", "\"y\""), "If-Match", seen).statusCode());
        assertEquals(
                403,
                patch(replace("/status", "\"y\""), "Sheaf-Schema-Version", "1.0").statusCode());
    }

    @Test
    void whoMayOnlyWriteLearnsNothing() {
        anaWrites();
        String path = PATH + "?purpose=none";
        HttpResponse<String> answer =
                write("PATCH", path, "application/json-patch+json", replace("/status", "\"done\""));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("", ApiRig.json(answer).path("version").asString("?"));
        assertEquals(
                200, write("PUT", path, "application/json", "{\"status\":\"new\"}").statusCode());
        assertEquals(
                403,
                write(
                                "PATCH",
                                path,
                                "application/json-patch+json",
                                "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"new\"}]")
                        .statusCode());
        assertEquals(
                403,
                write("PATCH", path, "application/merge-patch+json", "{\"status\":\"new\"}")
                        .statusCode());
        assertEquals(
                403,
                write("PUT", path, "application/json", "{}", "If-Match", "\"v1\"").statusCode());
    }

    @Test
    void readersDoNotWrite() {
        grant(Duration.ofHours(1), true);
        assertEquals(403, patch(replace("/status", "\"x\"")).statusCode());
        assertEquals(403, rig.send("DELETE", PATH + "?purpose=care", READER, "").statusCode());
        assertEquals(
                403,
                rig.send("DELETE", PATH + "?erase=true&purpose=care", READER, "").statusCode());
        assertEquals(
                403,
                write(
                                "POST",
                                "/api/v1/context-subjects/support.case/erase?purpose=care",
                                "application/json",
                                "{\"subject\":\"7\"}")
                        .statusCode());
        assertEquals(200, as(OWNER, PATH).statusCode());
    }

    @Test
    void eachDoorAsksForItsAction() {
        rig.alsoUse(
                """
                package rules.more
                deny contains "more.none" if input.resource.id == "support.case/none"
                """);
        rig.asked.clear();
        as(OWNER, "/contexts/support.case");
        as(OWNER, PATH);
        rig.send("DELETE", PATH + "?erase=true", OWNER, "");
        List<String> asked =
                rig.asked.stream()
                        .map(question ->
                                question.action().text()
                                        + " "
                                        + said(question, "kind")
                                        + " "
                                        + said(question, "id")
                                        + " "
                                        + said(question, "domain"))
                        .distinct()
                        .toList();
        assertTrue(asked.contains("context.read context support.case support"), asked.toString());
        assertTrue(
                asked.contains("context.read context support.case/c-1 support"), asked.toString());
        assertTrue(
                asked.contains("context.erase context support.case/c-1 support"), asked.toString());
        assertEquals(
                "[/contacts pii [], /customer internal [], /customer/email pii [contact],"
                        + " /note secret [], /people internal [], /people/* internal [],"
                        + " /people/*/phone pii []]",
                rig.asked.getFirst().resource().columns().stream()
                        .map(column ->
                                column.name() + " " + column.classification() + " " + column.tags())
                        .toList()
                        .toString());
    }

    @Test
    void aPolicyMayLookAtTheDocumentsId() {
        assertEquals(200, rig.put("/contexts/support.case/own-olga", "{}").statusCode());
        rig.alsoUse(
                """
                package rules.more
                deny contains "more.own: only their own" if {
                	input.resource.kind == "context"
                	input.subject.id == "olga"
                	contains(input.resource.id, "/")
                	not endswith(input.resource.id, "own-olga")
                }
                """);
        assertEquals(200, as(OWNER, "/contexts/support.case/own-olga").statusCode());
        assertEquals(403, as(OWNER, PATH).statusCode());
        assertEquals(
                "[\"own-olga\"]",
                ApiRig.json(as(OWNER, "/contexts/support.case")).path("ids").toString());
    }

    @Test
    void anAnswerIsKeptForLessThanASecondAndNotOverAChangeOfPolicies() {
        as(OWNER, PATH);
        rig.asked.clear();
        for (int i = 0; i < 5; i++) {
            as(OWNER, PATH);
        }
        assertTrue(rig.asked.size() <= 1, rig.asked.toString());
        rig.alsoUse(
                """
                package rules.more
                deny contains "more.never" if input.action == "context.read"
                """);
        assertEquals(404, as(OWNER, PATH).statusCode());
        assertEquals(Action.CONTEXT_READ, rig.asked.getLast().action());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deny contains 1 / 0 if input.action == \"context.read\"\n"
                        + "mask := {\"/status\": {\"kind\": \"unknown\"}}",
                "mask := {\"/sta~x\": {\"kind\": \"null\"}}",
                "filter contains \"status = 'open'\"",
                "mask := {\"/status\": 7}"
            })
    void whatCannotBeDecidedIsDenied(String rules) {
        rig.alsoUse("package rules.more\n" + rules + "\n");
        int status = as(OWNER, PATH).statusCode();
        assertTrue(status == 403 || status == 404, Integer.toString(status));
        rig.decider.useNone();
        assertEquals(404, as(OWNER, PATH).statusCode());
        rig.decider.use(dev.sheaf.governance.decision.StandardPack.load());
        assertEquals(200, as(OWNER, PATH).statusCode());
    }

    @Test
    void theMeshsOwnTypesAreNotThereAndNotAsked() {
        rig.context.declare("mesh.grant", "support");
        rig.asked.clear();
        assertEquals(404, as(ApiRig.ALL, "/contexts/mesh.grant/g-1").statusCode());
        assertEquals(404, rig.put("/contexts/mesh.grant/g-1", "{}").statusCode());
        assertFalse(as(ApiRig.ALL, "/api/v1/context-types").body().contains("mesh.grant"));
        assertTrue(
                rig.asked.stream()
                        .noneMatch(question -> said(question, "name").startsWith("mesh.")));
    }

    /// What policies are told of the resource.
    private static String said(Question question, String member) {
        return question.toInput().get("resource") instanceof ObjectValue resource
                        && resource.get(member) instanceof StringValue text
                ? text.value()
                : "";
    }
}
