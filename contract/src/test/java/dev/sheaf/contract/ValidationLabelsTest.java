package dev.sheaf.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The labelled contracts are the judge: what they call valid, invalid or foreign, we do.
final class ValidationLabelsTest {
    private final Path labelled = TestData.path("odcs/VALIDATION_LABELS.json");
    private final Path root = labelled.resolve("../..").normalize();
    private final JsonNode labels = JsonMapper.shared().readTree(labelled.toFile());

    @Test
    void everyVerdictAgreesWithItsLabel() {
        List<String> disagreements = new ArrayList<>();
        int judged = 0;
        for (JsonNode label : labels) {
            Path file = file(label);
            if (!Files.exists(file)) {
                continue;
            }
            judged++;
            Checked checked = ContractReader.check(TestData.source(file));
            if (!expected(label).equals(verdict(checked))) {
                disagreements.add(
                        label.path("file").asString()
                                + ": label "
                                + expected(label)
                                + ", ours "
                                + verdict(checked)
                                + " "
                                + checked.errors());
            }
        }
        assertEquals(List.of(), disagreements);
        assertTrue(judged >= 60, "only " + judged + " labelled files are present");
    }

    @Test
    void everyLabelledErrorIsFoundWhereItIs() {
        List<String> missed = new ArrayList<>();
        for (JsonNode label : labels) {
            Path file = file(label);
            if (!Files.exists(file)) {
                continue;
            }
            List<Finding> errors = ContractReader.check(TestData.source(file)).errors();
            for (JsonNode error : label.path("declared").path("errors")) {
                String pointer = "/" + error.path("path").asString();
                boolean whole = pointer.equals("/");
                boolean found =
                        errors.stream()
                                .map(Finding::pointer)
                                .anyMatch(at ->
                                        whole ? at.lastIndexOf('/') <= 0 : at.startsWith(pointer));
                if (!found) {
                    missed.add(label.path("file").asString() + " " + error + " in " + errors);
                }
            }
        }
        assertEquals(List.of(), missed);
    }

    private Path file(JsonNode label) {
        String name = label.path("file").asString();
        Path path = root.resolve(name);
        return Files.exists(path)
                ? path
                : root.resolve(
                        name.replace(
                                "datacontract-cli/tests/fixtures", "datacontract-cli/fixtures"));
    }

    private static String expected(JsonNode label) {
        if (label.path("status").asString().equals("not-odcs")) {
            return "foreign";
        }
        // Nine files of version 2 declare no apiVersion: there is nothing to judge them by.
        return label.path("declared").path("valid").asBoolean(false) ? "valid" : "invalid";
    }

    private static String verdict(Checked checked) {
        if (checked.standard().isEmpty()) {
            return "foreign";
        }
        return checked.valid() ? "valid" : "invalid";
    }
}
