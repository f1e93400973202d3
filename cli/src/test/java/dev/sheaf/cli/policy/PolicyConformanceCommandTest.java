package dev.sheaf.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.conformance.ConformanceCase;
import dev.sheaf.rego.conformance.ConformanceOutcome;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class PolicyConformanceCommandTest {
    private static final String GOOD =
            """
            {"cases": [
              {"note": "sum/one", "query": "data.t.p = x", "modules": ["package t\\n\\np := 1 + 1"],
               "want_result": [{"x": 2}]},
              {"note": "sum/error", "query": "data.t.p = x", "modules": ["package t\\n\\np := y"],
               "want_error_code": "rego_unsafe_var_error"}
            ]}
            """;

    private static final String ORIGINAL =
            """
            cases:
              - note: sets/sorted
                query: data.t.p = x
                modules:
                  - |
                    package t

                    p := [v | some v in input.values]
                input: {values: [3, 1, 2]}
                want_result:
                  - x: [1, 2, 3]
                sort_bindings: true
              - note: sets/wrong
                query: data.t.p = x
                modules: ["package t\\n\\np := data.a"]
                data: {a: 1e3}
                want_result:
                  - x: 7
              - note: sets/says nothing
                query: data.t.p = x
                modules: ["package t\\n\\np := 1"]
            """;

    @TempDir private Path folder = Path.of("");
    private PolicyRig rig = new PolicyRig(folder);

    @BeforeEach
    void workInTheFolder() {
        rig = new PolicyRig(folder);
    }

    @Test
    void casesThatPassAreCountedByFile() throws IOException {
        rig.write("cases/good.json", GOOD).write("cases/capabilities.json", "{\"builtins\": []}");
        assertEquals(0, rig.run("conformance", "cases"));
        assertTrue(
                rig.out()
                        .startsWith(
                                """
                                file             passed  failed  skipped
                                ---------------  ------  ------  -------
                                cases/good.json       2       0        0
                                passed over, holds no cases: cases/capabilities.json
                                2 cases in 1 file: 2 passed, 0 failed, 0 skipped; \
                                """),
                rig.out());
    }

    @Test
    void failuresShowTheirDifferenceAndSkipsTheirReason() throws IOException {
        rig.write("cases/deep/original.yaml", ORIGINAL).write("cases/good.json", GOOD);
        assertEquals(1, rig.run("conformance", "cases"));
        assertTrue(
                rig.out()
                        .contains(
                                """
                                skip cases/deep/original.yaml: sets/says nothing
                                     says neither a result nor an error
                                FAIL cases/deep/original.yaml: sets/wrong
                                     wanted [{"x": 7}], came [{"x": 1000}]
                                5 cases in 2 files: 3 passed, 1 failed, 1 skipped; \
                                """),
                rig.out());
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        rig.write("cases/original.yml", ORIGINAL).write("cases/list.json", "[1]");
        assertEquals(1, rig.run("conformance", "cases", "--json"));
        assertEquals(3, rig.json().path("cases").asInt());
        assertEquals(1, rig.json().path("passed").asInt());
        assertEquals(1, rig.json().path("failed").asInt());
        assertEquals(1, rig.json().path("skipped").asInt());
        assertEquals("sets/wrong", rig.json().at("/failures/0/note").asString());
        assertTrue(rig.json().at("/failures/0/difference").asString().contains("came"));
        assertEquals("sets/says nothing", rig.json().at("/skips/0/note").asString());
        assertEquals("[\"cases/list.json\"]", rig.json().path("passedOver").toString());
        assertEquals(1, rig.json().at("/files/0/skipped").asInt());
    }

    @Test
    void filesThatCannotBeReadAreFailures() throws IOException {
        rig.write("cases/good.json", GOOD).write("cases/torn.json", "{\"cases\": [");
        assertEquals(1, rig.run("conformance", "cases"));
        assertTrue(rig.out().contains("FAIL cases/torn.json: the file itself\n"), rig.out());
        assertTrue(rig.out().contains("3 cases in 2 files: 2 passed, 1 failed"), rig.out());
    }

    @Test
    void casesThatCrashAreFailuresAndTheRestGoesOn() throws InterruptedException {
        ConformanceCase crashing =
                new ConformanceCase(
                        "crash",
                        "data.t.p = x",
                        List.of("package t\n\np := data.q"),
                        Optional.of(JsonNodeFactory.instance.pojoNode(new Object())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false);
        ConformanceCase passing =
                new ConformanceCase(
                        "pass",
                        "1 = 1",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                JsonNodeFactory.instance
                                        .arrayNode()
                                        .add(JsonNodeFactory.instance.objectNode())),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false);
        List<ConformanceSeries.Ended> ended =
                new ConformanceSeries()
                        .run(
                                List.of(
                                        new CaseFile.Cases("a.json", List.of(crashing, passing)),
                                        new CaseFile.Other("b.json")));
        assertEquals(List.of("crash", "pass"), ended.stream().map(each -> each.note()).toList());
        assertTrue(
                ended.getFirst().outcome() instanceof ConformanceOutcome.Failed(String difference)
                        && difference.startsWith("crashed: "),
                ended.toString());
        assertEquals(new ConformanceOutcome.Passed(), ended.getLast().outcome());
    }

    @Test
    void aFolderWithoutCasesIsNoSuccess() throws IOException {
        rig.write("cases/data.json", "{}");
        assertEquals(2, rig.run("conformance", "cases"));
        assertTrue(rig.err().startsWith("error: there are no cases in 'cases'"), rig.err());
        assertEquals(2, rig.run("conformance", "nowhere"));
    }

    @Test
    void thePublishedCasesAreRead() throws IOException {
        Path published =
                Path.of(System.getProperty("sheaf.testdata", "nowhere"))
                        .resolve("opa-conformance/dev");
        Assumptions.assumeTrue(
                Files.isDirectory(published), "the shared test data are not here: opa-conformance");
        rig.run("conformance", published.toString(), "--json");
        assertEquals(145, rig.json().path("files").size());
        assertEquals(1428, rig.json().path("cases").asInt());
        int passed = rig.json().path("passed").asInt();
        int failed = rig.json().path("failed").asInt();
        int skipped = rig.json().path("skipped").asInt();
        assertEquals(1428, passed + failed + skipped);
        assertEquals(failed, rig.json().path("failures").size());
        assertEquals(skipped, rig.json().path("skips").size());
        rig.json()
                .path("skips")
                .forEach(skip -> assertFalse(skip.path("reason").asString().isBlank()));
        assertTrue(passed >= 1400, rig.json().path("failures")::toString);
    }
}
