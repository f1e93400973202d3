package dev.sheaf.context.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.document.Region;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The published cases of RFC 6902, each applied to a document from end to end.
final class PublishedPatchTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("sheaf.testdata", "testdata"), "json-patch-tests");

    @TestFactory
    List<DynamicTest> everyCaseOfTheSuite() throws IOException {
        return cases("tests.json");
    }

    @TestFactory
    List<DynamicTest> everyExampleOfTheSpecification() throws IOException {
        return cases("spec_tests.json");
    }

    @Test
    void theSuiteIsWhole() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no published cases under sheaf.testdata");
        assertTrue(read("tests.json").size() > 90);
        assertTrue(read("spec_tests.json").size() > 15);
    }

    private static JsonNode read(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(FOLDER.resolve(file)));
    }

    private static List<DynamicTest> cases(String file) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        if (!Files.isDirectory(FOLDER)) {
            tests.add(
                    DynamicTest.dynamicTest(
                            file,
                            () -> assumeTrue(false, "no published cases under sheaf.testdata")));
            return tests;
        }
        int number = 0;
        for (JsonNode each : read(file)) {
            String comment = each.path("comment").asString("");
            if (each.has("patch")) {
                tests.add(DynamicTest.dynamicTest(number + " " + comment, () -> run(each)));
            }
            number++;
        }
        return tests;
    }

    private static void run(JsonNode each) {
        assumeFalse(each.path("disabled").asBoolean(false), "disabled by its authors");
        Region region = new Region(new ActorTable(), "aws/us-east-1", FieldRule.DEFAULT);
        region.write(each.get("doc"));
        if (each.has("error")) {
            assertThrows(
                    Problem.class,
                    () -> region.patch(each.get("patch").toString()),
                    each::toString);
            return;
        }
        region.patch(each.get("patch").toString());
        JsonNode expected = each.has("expected") ? each.get("expected") : each.get("doc");
        JsonNode found = region.view();
        assertTrue(JsonValues.equal(expected, found), () -> each + " gave " + found);
        assertEquals(0, region.conflictCount());
    }
}
