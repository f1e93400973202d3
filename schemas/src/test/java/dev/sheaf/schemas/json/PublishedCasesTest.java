package dev.sheaf.schemas.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The published cases of another registry, held against ours.
final class PublishedCasesTest {
    private static final Path CASES =
            Path.of(
                    System.getProperty("sheaf.testdata", ""),
                    "schema-compat/apicurio/schema-util/json/src/test/resources/io/apicurio"
                        + "/registry/rules/compatibility/jsonschema/compatibility-test-data.json");

    /// Each value is allowed by both schemas: text by the first branch, all else by the second, as
    /// `maxLength` says nothing of what is no text. The cases compare branch by branch.
    private static final String PROVED_OTHERWISE = "Complex: anyOf 1: expected backward, is both";

    @Test
    void agreesWithThePublishedCasesButForOneThatIsProvedOtherwise() throws IOException {
        assumeTrue(Files.isRegularFile(CASES), "the test data is not here: " + CASES);
        List<String> others = new ArrayList<>();
        int count = 0;
        for (JsonNode each : JsonMapper.shared().readTree(CASES.toFile()).path("tests")) {
            count++;
            String expected = each.path("compatibility").asString();
            JsonSchema original = read(each.path("original"));
            JsonSchema updated = read(each.path("updated"));
            boolean isBackward = JsonComparison.between(updated, original).isEmpty();
            boolean isForward = JsonComparison.between(original, updated).isEmpty();
            String actual =
                    isBackward ? isForward ? "both" : "backward" : isForward ? "forward" : "none";
            if (!actual.equals(expected)) {
                others.add(
                        each.path("id").asString() + ": expected " + expected + ", is " + actual);
            }
        }
        assertEquals(145, count);
        assertEquals(List.of(PROVED_OTHERWISE), others);
    }

    private static JsonSchema read(JsonNode schema) {
        return JsonSchema.read(schema.toString(), Map.of());
    }
}
