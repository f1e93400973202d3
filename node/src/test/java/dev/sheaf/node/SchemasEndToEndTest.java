package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.TokenRequest;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// The schema registry of one node, in Confluent's interface.
final class SchemasEndToEndTest extends RunningNode {
    private static final String CLICK = SchemaCalls.CLICK;
    private static final String WIDER =
            CLICK.replace("]}", ",{\"name\":\"at\",\"type\":\"long\",\"default\":0}]}");
    private static final String NARROWER =
            CLICK.replace("]}", ",{\"name\":\"at\",\"type\":\"long\"}]}");

    private final List<SchemaCalls> open = new ArrayList<>();
    private SchemaCalls all = null_();

    @BeforeEach
    void begin() throws IOException {
        start();
    }

    private void start() throws IOException {
        open(Clock.systemUTC());
        all = calls(Files.readString(folder.resolve("data/keys/operator.token")).strip());
    }

    private SchemaCalls calls(String token) {
        SchemaCalls calls = new SchemaCalls(node.url(), token);
        open.add(calls);
        return calls;
    }

    private SchemaCalls of(String domain, String... scopes) {
        return calls(
                operator.createToken(
                                new TokenRequest(
                                        "sam",
                                        List.of(scopes),
                                        List.of(domain),
                                        List.of(),
                                        OptionalLong.empty()))
                        .token());
    }

    @AfterEach
    void end() {
        open.forEach(SchemaCalls::close);
    }

    @Test
    void aSchemaIsRegisteredFoundAndReadById() {
        int id = all.id("clicks-value", CLICK);
        assertEquals(id, all.id("clicks-value", CLICK.replace(",", " , ")));
        assertEquals(id, all.id("other-value", CLICK));
        assertEquals(CLICK_TEXT, all.get("/schemas/ids/" + id).json().path("schema").asString());
        assertEquals("[\"clicks-value\",\"other-value\"]", all.get("/subjects").json().toString());
        assertEquals("[1]", all.get("/subjects/clicks-value/versions").json().toString());
        assertEquals(
                id, all.get("/subjects/clicks-value/versions/latest").json().path("id").asInt());
        assertEquals(
                1,
                all.post("/subjects/clicks-value", Map.of("schema", CLICK))
                        .json()
                        .path("version")
                        .asInt());
        assertEquals(40403, all.post("/subjects/clicks-value", Map.of("schema", WIDER)).number());
        assertEquals(
                "[\"clicks-value\",\"other-value\"]",
                all.get("/schemas/ids/" + id + "/subjects").json().toString());
    }

    private static final String CLICK_TEXT =
            "{\"type\":\"record\",\"name\":\"Click\",\"fields\":[{\"name\":\"page\",\"type\":\"string\"}]}";

    @Test
    void aSchemaThatBreaksReadersIsRefusedUnderEachLevel() {
        all.id("clicks-value", CLICK);
        SchemaCalls.Told refused = all.register("clicks-value", NARROWER);
        assertEquals(409, refused.status());
        assertTrue(refused.message().contains("'at' has no default"), refused.message());
        for (String level : List.of("BACKWARD", "BACKWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE")) {
            all.put("/config/clicks-value", Map.of("compatibility", level));
            assertEquals(409, all.register("clicks-value", NARROWER).number(), level);
            SchemaCalls.Told check =
                    all.post(
                            "/compatibility/subjects/clicks-value/versions/latest?verbose=true",
                            Map.of("schema", NARROWER));
            assertEquals(false, check.json().path("is_compatible").asBoolean(true), level);
            assertEquals(1, check.json().path("messages").size(), level);
        }
        assertEquals(200, all.register("clicks-value", WIDER).status());
        all.put("/config/clicks-value", Map.of("compatibility", "FORWARD"));
        assertEquals(200, all.register("clicks-value", NARROWER).status());
        all.put("/config/clicks-value", Map.of("compatibility", "NONE"));
        assertEquals(200, all.register("clicks-value", "\"int\"").status());
        assertEquals(
                "{\"compatibilityLevel\":\"NONE\"}",
                all.get("/config/clicks-value").json().toString());
        all.delete("/config/clicks-value");
        assertEquals(40408, all.get("/config/clicks-value").number());
        assertEquals(
                "{\"compatibilityLevel\":\"BACKWARD\"}",
                all.get("/config/clicks-value?defaultToGlobal=true").json().toString());
    }

    @Test
    void idsOutliveRestartsAndAreNeverUsedAgain() throws IOException {
        int first = all.id("a", CLICK);
        int second = all.id("a", WIDER);
        assertEquals(40407, all.delete("/subjects/a/versions/2?permanent=true").number());
        assertEquals("2", all.delete("/subjects/a/versions/2").json().toString());
        assertEquals(40402, all.get("/subjects/a/versions/2").number());
        assertEquals(200, all.get("/schemas/ids/" + second).status());
        assertEquals("2", all.delete("/subjects/a/versions/2?permanent=true").json().toString());
        assertEquals(40403, all.get("/schemas/ids/" + second).number());
        assertEquals("[1]", all.delete("/subjects/a").json().toString());
        assertEquals(40404, all.delete("/subjects/a").number());
        assertEquals("[1]", all.delete("/subjects/a?permanent=true").json().toString());
        stop();
        start();
        assertEquals("[]", all.get("/subjects?deleted=true").json().toString());
        int third = all.id("b", "\"long\"");
        assertNotEquals(first, third);
        assertNotEquals(second, third);
        assertEquals(second, all.id("a", WIDER));
        assertEquals("[3]", all.get("/subjects/a/versions").json().toString());
        stop();
        start();
        assertEquals(second, all.id("a", WIDER));
        assertEquals("\"long\"", all.get("/schemas/ids/" + third).json().path("schema").asString());
    }

    @Test
    void referencesAreFollowedAndProtected() {
        all.id("page", "{\"type\":\"record\",\"name\":\"Page\",\"fields\":[]}");
        Map<String, Object> user =
                Map.of(
                        "schema",
                        CLICK.replace("\"string\"", "\"Page\""),
                        "references",
                        List.of(Map.of("name", "Page", "subject", "page", "version", 1)));
        int id = all.post("/subjects/click/versions", user).json().path("id").asInt();
        assertEquals(
                "[" + id + "]",
                all.get("/subjects/page/versions/1/referencedby").json().toString());
        assertEquals(42206, all.delete("/subjects/page").number());
        assertTrue(
                all.get("/schemas/ids/" + id + "?format=resolved")
                        .json()
                        .path("schema")
                        .asString()
                        .contains("\"name\":\"Page\""));
        Map<String, Object> lost =
                Map.of(
                        "schema",
                        CLICK.replace("\"string\"", "\"Page\""),
                        "references",
                        List.of(Map.of("name", "Page", "subject", "page", "version", 9)));
        assertEquals(42201, all.post("/subjects/lost/versions", lost).number());
    }

    @Test
    void badInputIsToldInTheNumbersThatClientsKnow() {
        all.id("a", CLICK);
        assertEquals(40401, all.get("/subjects/nobody/versions").number());
        assertEquals(42202, all.get("/subjects/a/versions/zero").number());
        assertEquals(42202, all.get("/subjects/a/versions/0").number());
        assertEquals(40402, all.get("/subjects/a/versions/99").number());
        assertEquals(40403, all.get("/schemas/ids/77").number());
        assertEquals(40403, all.get("/schemas/ids/99999999999").number());
        assertEquals(42201, all.register("a", "{").number());
        assertEquals(42201, all.register("a", "{\"type\":\"record\",\"name\":\"1a\"}").number());
        assertEquals(42203, all.put("/config", Map.of("compatibility", "SOME")).number());
        assertEquals(42204, all.put("/mode", Map.of("mode", "IMPORT")).number());
        assertEquals(400, all.send("POST", "/subjects/a/versions", "nonsense").status());
        assertEquals(400, all.send("POST", "/subjects/a/versions", "[1]").status());
        assertEquals(
                42201,
                all.post("/subjects/a/versions", Map.of("schema", CLICK, "schemaType", "XML"))
                        .number());
        assertEquals(413, all.register("a", " ".repeat(1 << 20) + CLICK).status());
        assertEquals(42208, all.register("a\u0001b", CLICK).number());
        assertEquals(401, calls("no-token").get("/subjects").status());
        assertEquals(40101, calls("no-token").get("/subjects").number());
        all.put("/mode/a", Map.of("mode", "READONLY"));
        assertEquals(42205, all.register("a", WIDER).number());
    }

    @Test
    void toolsFindTheOnlyContextAndWhatIsNotThereIsToldInTheirForm() {
        int id = all.id("clicks-value", CLICK);
        assertEquals("[\".\"]", all.get("/contexts").json().toString());
        assertEquals(
                "[\"AVRO\",\"JSON\",\"PROTOBUF\"]", all.get("/schemas/types").json().toString());
        for (String prefix : List.of(":*:", ":.:", ":.:clicks", "clicks")) {
            assertEquals(
                    "[\"clicks-value\"]",
                    all.get("/subjects?subjectPrefix=" + prefix).json().toString(),
                    prefix);
            assertEquals(1, all.get("/schemas?subjectPrefix=" + prefix).json().size(), prefix);
        }
        assertEquals(id, all.get("/subjects/:.:clicks-value/versions/1").json().path("id").asInt());
        assertEquals(
                "[{\"subject\":\"clicks-value\",\"version\":1}]",
                all.get("/schemas/ids/" + id + "/versions?subject=:.:clicks-value")
                        .json()
                        .toString());
        assertEquals("[1]", all.get("/subjects/clicks-value/versions").json().toString());

        SchemaCalls.Told first =
                all.post(
                        "/compatibility/subjects/none-value/versions/latest",
                        Map.of("schema", CLICK));
        assertTrue(first.json().path("is_compatible").asBoolean(false), first::toString);
        assertEquals(
                40401,
                all.post("/compatibility/subjects/none-value/versions/1", Map.of("schema", CLICK))
                        .number());
        assertEquals(
                42205,
                all.post("/subjects/clicks-value/versions", Map.of("schema", WIDER, "id", 7))
                        .number());
        assertEquals(40409, all.get("/mode/clicks-value").number());
        assertEquals(
                "{\"mode\":\"READWRITE\"}",
                all.get("/mode/clicks-value?defaultToGlobal=true").json().toString());
        assertEquals(404, all.get("/exporters").number());
        assertEquals("[1]", all.delete("/subjects/clicks-value").json().toString());
        assertEquals("[]", all.get("/subjects").json().toString());
        assertEquals("[\"clicks-value\"]", all.get("/subjects?deleted=true").json().toString());
        assertEquals("[\"clicks-value\"]", all.get("/subjects?deletedOnly=true").json().toString());
        assertEquals(40404, all.delete("/subjects/clicks-value").number());
    }

    @Test
    void theTypeOfTheAnswerIsOneThatTheCallerTakes() throws Exception {
        for (String type :
                List.of(
                        "application/vnd.schemaregistry.v1+json",
                        "application/vnd.schemaregistry+json",
                        "application/json")) {
            assertEquals(type, all.mediaType("text/html;q=0.3, " + type + ";q=0.9"));
        }
        assertEquals("application/vnd.schemaregistry.v1+json", all.mediaType("*/*"));
    }

    @Test
    void namesMayHaveEveryCharacter() {
        for (String name : List.of("a/b c", "日本 ☃ 🎈", "100%", "a?b#c", ":.x:y", "@", "a+b")) {
            int id = all.id(name, CLICK);
            assertEquals(
                    name,
                    all.get("/subjects/" + SchemaCalls.encoded(name) + "/versions/1")
                            .json()
                            .path("subject")
                            .asString());
            assertEquals(
                    CLICK_TEXT, all.get("/schemas/ids/" + id).json().path("schema").asString());
        }
    }

    @Test
    void whoRegistersFirstOwnsASubjectAndOthersOnlyRead() {
        SchemaCalls sales = of("sales", "catalog.read", "product.publish", "mesh.apply");
        SchemaCalls stock = of("stock", "catalog.read", "product.publish", "mesh.apply");
        int id = sales.id("clicks-value", CLICK);
        assertEquals(200, stock.get("/schemas/ids/" + id).status());
        SchemaCalls.Told refused = stock.register("clicks-value", WIDER);
        assertEquals(40301, refused.number());
        assertTrue(refused.message().contains("clicks-value"), refused.message());
        assertEquals(
                40301, stock.put("/config/clicks-value", Map.of("compatibility", "NONE")).number());
        assertEquals(40301, stock.delete("/subjects/clicks-value").number());
        assertEquals(40301, sales.put("/config", Map.of("compatibility", "NONE")).number());
        assertEquals(200, sales.register("clicks-value", WIDER).status());
        assertEquals(403, of("sales", "catalog.read").register("clicks-value", "\"int\"").status());
    }

    @Test
    void jsonSchemaAndProtobufAreTakenToo() {
        Map<String, Object> json =
                Map.of(
                        "schemaType",
                        "JSON",
                        "schema",
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");
        int id = all.post("/subjects/j/versions", json).json().path("id").asInt();
        assertEquals("JSON", all.get("/schemas/ids/" + id).json().path("schemaType").asString());
        Map<String, Object> proto =
                Map.of(
                        "schemaType",
                        "PROTOBUF",
                        "schema",
                        "syntax = \"proto3\"; message M { string a = 1; }");
        int other = all.post("/subjects/p/versions", proto).json().path("id").asInt();
        String serialized =
                all.get("/schemas/ids/" + other + "?format=serialized")
                        .json()
                        .path("schema")
                        .asString();
        Map<String, Object> descriptor = Map.of("schemaType", "PROTOBUF", "schema", serialized);
        assertEquals(other, all.post("/subjects/p/versions", descriptor).json().path("id").asInt());
        assertEquals(
                409,
                all.post(
                                "/subjects/p/versions",
                                Map.of(
                                        "schemaType",
                                        "PROTOBUF",
                                        "schema",
                                        "syntax = \"proto3\"; message M { int32 a = 1; }"))
                        .number());
    }

    @Test
    void whatIsRegisteredAtOnceGetsIdsAndVersionsOfItsOwn() throws Exception {
        all.put("/config/a", Map.of("compatibility", "NONE"));
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int number = i % 20;
            work.add(() -> all.id("a", CLICK.replace("Click", "Click" + number)));
        }
        Set<Integer> ids = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> each : threads.invokeAll(work)) {
                ids.add(each.get());
            }
        }
        assertEquals(20, ids.size());
        assertEquals(
                IntStream.rangeClosed(1, 20).boxed().toList().toString().replace(" ", ""),
                all.get("/subjects/a/versions").json().toString());
    }

    @Test
    void aContractSaysWhichSubjectAndLanguageItsSchemaHas() {
        String json = "- {property: sheaf.schemaType, value: JSON}";
        operator.apply(
                SharedNotes.manifests(
                        "azure/westeurope",
                        "1.0.0",
                        json,
                        "- {property: sheaf.schemaSubject, value: notes-topic}"));
        TwoRegions.until(
                "it is there", () -> all.get("/subjects/notes-topic/versions/1").status() == 200);
        assertEquals(
                "JSON",
                all.get("/subjects/notes-topic/versions/1").json().path("schemaType").asString());
        assertEquals(403, of("other", "catalog.read", "mesh.apply").delete("/mode").status());
        assertEquals(
                40401, of("other", "catalog.read").get("/subjects/notes-topic/versions").number());
        assertTrue(
                told(() ->
                                operator.plan(
                                        SharedNotes.manifests(
                                                "azure/westeurope",
                                                "1.0.1",
                                                "- {property: sheaf.schemaType, value: XML}")))
                        .contains("write AVRO or JSON"));
        operator.deleteProduct(ProductName.parse("shop.notes"));
        TwoRegions.until(
                "its domain may delete it",
                () -> all.delete("/subjects/notes-topic").status() == 200);
        assertEquals(
                40401,
                of("other", "catalog.read")
                        .get("/subjects/notes-topic/versions?deleted=true")
                        .number());
    }
}
