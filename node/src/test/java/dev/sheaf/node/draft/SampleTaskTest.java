package dev.sheaf.node.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.ExitCode;
import dev.sheaf.node.governance.ColumnDetector;
import dev.sheaf.product.draft.SampleTask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Samples with the real detector, as the command line has them read.
final class SampleTaskTest {
    @TempDir private Path folder = Path.of("");

    private JsonNode answer(String name, String content, Map<String, String> more)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Path answer = folder.resolve("answer.json");
        Map<String, String> options = new HashMap<>(more);
        options.put("--from", file.toString());
        options.put("--answer", answer.toString());
        options.put("--home", Path.of("target", "engine-home").toAbsolutePath().toString());
        options.put("--scratch", Files.createDirectories(folder.resolve("scratch")).toString());
        assertEquals(
                ExitCode.OK,
                SampleTask.run(options, new ColumnDetector()),
                () -> name + " is read");
        return JsonMapper.shared().readTree(Files.readString(answer));
    }

    private static String people() {
        StringBuilder csv = new StringBuilder("id,contact,phone,remark,amount\n");
        for (int i = 0; i < 60; i++) {
            csv.append(i)
                    .append(",wilma")
                    .append(i)
                    .append("@bedrock.example,+44 20 7946 0")
                    .append(100 + i)
                    .append(",fine,")
                    .append(i * 3.5)
                    .append('\n');
        }
        return csv.toString();
    }

    private static String kind(JsonNode answer, String column) {
        for (JsonNode looked : answer.path("columns")) {
            if (looked.path("column").asString().equals(column)) {
                return looked.path("proposals").path(0).path("kind").asString("");
            }
        }
        return "no such column";
    }

    @Test
    void columnsAreClassifiedWithoutShowingValues() throws IOException {
        JsonNode answer = answer("people.csv", people(), Map.of("--task", "classify"));
        assertEquals("email", kind(answer, "contact"));
        assertEquals("phone", kind(answer, "phone"));
        assertEquals("", kind(answer, "id"));
        assertEquals("", kind(answer, "remark"));
        assertEquals("", kind(answer, "amount"));
        assertEquals(60, answer.path("rows").asInt());
        assertFalse(answer.toString().contains("wilma"), answer.toString());
    }

    @Test
    void membersOfNestedFilesAreClassified() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            rows.append("{\"who\": {\"to\": [\"wilma").append(i).append("@bedrock.example\"]}}\n");
        }
        JsonNode answer = answer("e.ndjson", rows.toString(), Map.of("--task", "classify"));
        assertEquals("email", kind(answer, "who.to"));
    }

    @Test
    void aDraftProposesTheKindWithItsEvidence() throws IOException {
        String yaml = answer("people.csv", people(), Map.of()).path("yaml").asString();
        assertTrue(
                yaml.contains(
                        "classification: email # confirm: 60 of 60 values look like e-mail"
                                + " addresses (0.99)"),
                yaml);
        assertTrue(yaml.contains("classification: phone"), yaml);
        assertFalse(yaml.contains("wilma"), yaml);
    }
}
