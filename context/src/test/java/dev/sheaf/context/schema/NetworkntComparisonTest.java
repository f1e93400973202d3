package dev.sheaf.context.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// The same verdict as networknt's validator, on random schemas and documents, and on published
/// schemas. The seed can be given with `-Dsheaf.seed=`.
final class NetworkntComparisonTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SCHEMAS = 2_000;
    private static final int DOCUMENTS = 12;

    private static Schema networknt(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    @Test
    void bothAgreeOnRandomSchemasAndDocuments() {
        long seed = Long.getLong("sheaf.seed", new Random().nextLong());
        Random random = new Random(seed);
        int valid = 0;
        int invalid = 0;
        for (int count = 0; count < SCHEMAS; count++) {
            RandomJson generator = new RandomJson(random);
            JsonNode schema = generator.schema();
            if (!(SchemaValidator.compile(schema)
                    instanceof Compilation.Compiled(SchemaValidator ours))) {
                throw new AssertionError(
                        "seed " + seed + ": refused " + schema + SchemaValidator.compile(schema));
            }
            Schema theirs = networknt(schema);
            for (int each = 0; each < DOCUMENTS; each++) {
                JsonNode document = generator.document(3);
                boolean expected = theirs.validate(document).isEmpty();
                String message = "seed " + seed + ": " + schema + " on " + document;
                assertEquals(expected, ours.accepts(document), message);
                assertEquals(expected, ours.violations(document).isEmpty(), message);
                if (expected) {
                    valid++;
                    assertPlacesAccept(ours.root(), document, message);
                } else {
                    invalid++;
                }
            }
        }
        assertTrue(
                valid > 3_000 && invalid > 3_000,
                valid + " valid, " + invalid + " invalid, seed " + seed);
    }

    /// What stands in a valid document is accepted where it stands.
    private static void assertPlacesAccept(Place place, JsonNode value, String message) {
        assertTrue(place.accepts(value), message + " at " + value);
        if (value.isObject()) {
            value.properties()
                    .forEach(member ->
                            assertPlacesAccept(
                                    place.member(member.getKey()), member.getValue(), message));
        }
        for (JsonNode element : value.isArray() ? value : JSON.createArrayNode()) {
            assertPlacesAccept(place.element(), element, message);
        }
    }

    /// Formats are annotations to the other validator as it is called here, and assertions to ours.
    private static void removeNotes(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(List.of("$schema", "id", "format"));
        }
        schema.forEach(NetworkntComparisonTest::removeNotes);
    }

    @Test
    void bothAgreeOnPublishedSchemas() {
        Path file =
                Path.of(System.getProperty("sheaf.testdata", "testdata"))
                        .resolve(
                                "schema-compat/apicurio/schema-util/json/src/test/resources/io/apicurio/registry")
                        .resolve("rules/compatibility/jsonschema/compatibility-test-data.json");
        Assumptions.assumeTrue(Files.exists(file), () -> "no test data at " + file);
        Random random = new Random(7);
        int compared = 0;
        for (JsonNode test : JSON.readTree(file.toFile()).path("tests")) {
            for (String name : new String[] {"original", "updated"}) {
                JsonNode schema = test.path(name).deepCopy();
                removeNotes(schema);
                if (!(SchemaValidator.compile(schema)
                        instanceof Compilation.Compiled(SchemaValidator ours))) {
                    continue;
                }
                Schema theirs = networknt(schema);
                RandomJson generator = new RandomJson(random);
                for (int each = 0; each < 30; each++) {
                    JsonNode document =
                            each < 15 ? generator.document(3) : generator.like(schema, 3);
                    assertEquals(
                            theirs.validate(document).isEmpty(),
                            ours.accepts(document),
                            schema + " on " + document);
                    compared++;
                }
            }
        }
        assertTrue(compared > 1_000, compared + " comparisons");
    }
}
