package dev.sheaf.node.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesBuilder;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.EventReader;
import dev.sheaf.lineage.LineageEvent;
import dev.sheaf.lineage.RunState;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What this node writes of its own work is valid by OpenLineage's schemas, and is read back as it
/// was meant.
final class EventWriterTest {
    private static final String LINEAGE =
            "https://openlineage.io/spec/facets/1-0-0/LineageFacet.json";
    private static final String OF_JOB = "#/$defs/LineageJobFacet";
    private static final EntityName ORDERS = new EntityName("sheaf://local", "sales.orders");
    private static final EntityName PEOPLE = new EntityName("sheaf://local", "crm.people");
    private static final EntityName TOTALS = new EntityName("sheaf://local", "sales.totals");
    private static final EntityName JOB = new EntityName("sheaf://local/queries", "ann/0123");

    /// By the schemas' own names.
    private static final Map<String, String> SCHEMAS = new HashMap<>();

    private static SchemaRegistry registry;

    @BeforeAll
    static void read() throws IOException {
        Path spec =
                Path.of(System.getProperty("sheaf.testdata", "nowhere"))
                        .resolve("openlineage/spec");
        Assumptions.assumeTrue(Files.isDirectory(spec), "OpenLineage's schemas are not here");
        try (Stream<Path> files = Files.walk(spec)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
                String text = Files.readString(file);
                JsonNode schema = JsonMapper.shared().readTree(text);
                if (schema.has("$id")) {
                    SCHEMAS.put(schema.path("$id").asString(), text);
                }
            }
        }
        registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(SCHEMAS));
    }

    private static JsonNode written(Edges edges) {
        byte[] text =
                new EventWriter(
                                Instant.parse("2026-03-01T12:00:00Z"),
                                RunState.COMPLETE,
                                "q-1",
                                JOB,
                                edges)
                        .text();
        LineageEvent event = EventReader.read(text);
        assertEquals(List.of(), event.contents().notes());
        assertEquals(edges, event.contents().edges());
        JsonNode node = JsonMapper.shared().readTree(text);
        assertValid(node);
        return node;
    }

    /// The event, and each facet that the spec knows by the schema that it says it has.
    private static void assertValid(JsonNode event) {
        assertEquals(
                List.of(),
                findings(event.path("schemaURL").asString(""), event),
                () -> event.toPrettyString());
        assertFacetsAreValid(event);
    }

    private static void assertFacetsAreValid(JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String schema = member.getValue().path("_schemaURL").asString("");
            if (schema.equals(LINEAGE) && member.getValue().has("entries")) {
                // As a whole, the schema takes any facet of a job for one of a dataset.
                assertEquals(List.of(), findings(LINEAGE + OF_JOB, member.getValue()));
            } else if (schema.contains("/facets/")) {
                assertTrue(SCHEMAS.containsKey(schema), schema);
                ObjectNode facets = JsonNodeFactory.instance.objectNode();
                facets.set(member.getKey(), member.getValue());
                assertEquals(List.of(), findings(schema, facets), () -> facets.toPrettyString());
            }
        }
        node.forEach(EventWriterTest::assertFacetsAreValid);
    }

    private static List<String> findings(String schema, JsonNode node) {
        return registry.getSchema(SchemaLocation.of(schema)).validate(node).stream()
                .map(Error::toString)
                .toList();
    }

    @Test
    void theSchemasFindWhatIsWrong() {
        ObjectNode event = (ObjectNode) written(new EdgesBuilder().input(ORDERS).build());
        event.remove("producer");
        assertFalse(findings(event.path("schemaURL").asString(""), event).isEmpty());
        JsonNode facet =
                JsonMapper.shared()
                        .readTree(
                                """
                                {"_producer": "https://p", "_schemaURL": "https://s",
                                 "entries": [{"type": "QUERY"}]}
                                """);
        assertFalse(findings(LINEAGE + OF_JOB, facet).isEmpty());
    }

    @Test
    void aQuerySaysWhichColumnsItReadsAndOfWhatItMayBeAny() {
        JsonNode event =
                written(
                        new EdgesBuilder()
                                .read(new ColumnName(ORDERS, "customer_id"))
                                .read(new ColumnName(ORDERS, "Odd \"Name\".x"))
                                .input(PEOPLE)
                                .build());
        assertEquals(
                "[{\"type\":\"JOB\",\"inputs\":["
                        + input(PEOPLE, "")
                        + ","
                        + input(ORDERS, ",\"field\":\"customer_id\"")
                        + ","
                        + input(ORDERS, ",\"field\":\"Odd \\\"Name\\\".x\"")
                        + "]}]",
                event.path("job").path("facets").path("lineage").path("entries").toString());
    }

    private static String input(EntityName dataset, String more) {
        return "{\"namespace\":\""
                + dataset.namespace()
                + "\",\"name\":\""
                + dataset.name()
                + "\",\"type\":\"DATASET\""
                + more
                + "}";
    }

    @Test
    void aQueryOfWhichNothingIsKnownSaysItsProductsOnly() {
        JsonNode event = written(new EdgesBuilder().input(ORDERS).input(PEOPLE).build());
        assertEquals(2, event.path("inputs").size());
        assertFalse(event.path("job").has("facets"));
    }

    @Test
    void aPublishSaysWhatItsColumnsAreMadeFromAndWhatDecidesItsRows() {
        JsonNode event =
                written(
                        new EdgesBuilder()
                                .column(
                                        new ColumnName(ORDERS, "amount"),
                                        new ColumnName(TOTALS, "total"),
                                        "DIRECT/TRANSFORMATION")
                                .column(
                                        new ColumnName(PEOPLE, "id"),
                                        new ColumnName(TOTALS, "person"),
                                        "DIRECT/IDENTITY")
                                .column(
                                        new ColumnName(PEOPLE, "id"),
                                        new ColumnName(TOTALS, "any"),
                                        "")
                                .whole(new ColumnName(ORDERS, "day"), TOTALS, "INDIRECT/FILTER")
                                .build());
        JsonNode facet = event.path("outputs").path(0).path("facets").path("columnLineage");
        assertEquals("day", facet.path("dataset").path(0).path("field").asString());
        assertEquals(
                "[{\"type\":\"INDIRECT\",\"subtype\":\"FILTER\"}]",
                facet.path("dataset").path(0).path("transformations").toString());
    }
}
