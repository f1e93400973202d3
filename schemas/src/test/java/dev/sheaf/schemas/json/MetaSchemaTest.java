package dev.sheaf.schemas.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The published cases of what is a schema under which draft.
final class MetaSchemaTest {
    private static final Path CASES =
            Path.of(
                    System.getProperty("sheaf.testdata", ""),
                    "schema-compat/apicurio/schema-util/json/src/test/resources/io/apicurio"
                            + "/registry/rules/validity/test-data.json");

    private static final Map<String, Dialect> DRAFTS =
            Map.of(
                    "draft-04", Dialect.DRAFT_4,
                    "draft-06", Dialect.DRAFT_6,
                    "draft-07", Dialect.DRAFT_7,
                    "draft-2020", Dialect.DRAFT_2020_12);

    /// Two where the drafts' own schemas refuse what the cases take: an empty name of an anchor
    /// (the case says itself that it should fail), and `exclusiveMinimum` without `minimum` in
    /// draft 4.
    private static final List<String> STRICTER =
            List.of("$dynamicAnchor draft-2020", "1: draft-04");

    @Test
    void takesWhatThePublishedCasesTakeButForTwoThatTheDraftsRefuse() throws IOException {
        assumeTrue(Files.isRegularFile(CASES), "the test data is not here: " + CASES);
        List<String> others = new ArrayList<>();
        int count = 0;
        for (JsonNode each : JsonMapper.shared().readTree(CASES.toFile()).path("tests")) {
            for (Map.Entry<String, JsonNode> expected : each.path("expected").properties()) {
                count++;
                ObjectNode schema = ((ObjectNode) each.path("schema")).deepCopy();
                schema.put("$schema", Objects.requireNonNull(DRAFTS.get(expected.getKey())).uri());
                if (isTaken(schema) != expected.getValue().booleanValue()) {
                    others.add(
                            each.path("description").asString().split(" ")[0]
                                    + " "
                                    + expected.getKey());
                }
            }
        }
        assertEquals(44, count);
        assertEquals(STRICTER, others);
    }

    private static boolean isTaken(JsonNode schema) {
        try {
            JsonSchema.read(schema.toString(), Map.of());
            return true;
        } catch (Problem refused) {
            return false;
        }
    }
}
