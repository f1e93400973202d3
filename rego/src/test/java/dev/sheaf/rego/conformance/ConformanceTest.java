package dev.sheaf.rego.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.engine.CompileOptions;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// OPA's published cases.
final class ConformanceTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final ConformanceRunner runner = runner(CompileOptions.ALL_GRANTED);

    private static ConformanceRunner runner(CompileOptions options) {
        return new ConformanceRunner(
                options,
                new Random(1),
                () -> System.currentTimeMillis() * 1_000_000,
                System::nanoTime);
    }

    @Test
    void allPublishedCasesPass() throws IOException {
        passAll(runner);
    }

    @Test
    void allPublishedCasesPassWhenRulesAreWoven() throws IOException {
        passAll(runner(CompileOptions.ALL_GRANTED.wovenAfter(1)));
    }

    private static void passAll(ConformanceRunner runner) throws IOException {
        Path folder =
                Path.of(System.getProperty("sheaf.testdata", "testdata"))
                        .resolve("opa-conformance/dev");
        Assumptions.assumeTrue(Files.exists(folder), () -> "no test data at " + folder);
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        int cases = 0;
        List<String> failures = new ArrayList<>();
        List<String> skips = new ArrayList<>();
        for (Path file : files) {
            for (ConformanceCase each : ConformanceCase.read(JSON.readTree(file))) {
                cases++;
                ConformanceOutcome outcome = runner.run(each);
                switch (outcome) {
                    case ConformanceOutcome.Passed passed -> {}
                    case ConformanceOutcome.Skipped skipped -> skips.add(each.note());
                    case ConformanceOutcome.Failed failed ->
                            failures.add(file.getFileName() + ": " + each.note() + ": " + failed);
                }
            }
        }
        assertTrue(cases > 1_400, "only " + cases + " cases were found");
        assertEquals(List.of(), failures);
        assertEquals(List.of("time/time caching"), skips, "it needs test.sleep");
    }

    private ConformanceOutcome run(String json) {
        return runner.run(ConformanceCase.read(JSON.readTree(json)).getFirst());
    }

    @Test
    void aCaseThatWantsSomethingElseFails() {
        ConformanceOutcome outcome =
                run(
                        """
                        [{"note": "a", "query": "x = 1 + 1", "modules": [],
                          "want_result": [{"x": 3}]}]\
                        """);
        assertEquals(
                "Failed[difference=wanted [{\"x\": 3}], came [{\"x\": 2}]]", outcome.toString());
    }

    @Test
    void aCaseThatWantsAnErrorFailsWithoutOne() {
        ConformanceOutcome outcome =
                run(
                        """
                        [{"note": "a", "query": "x = 1", "modules": [],
                          "want_error_code": "eval_conflict_error"}]\
                        """);
        assertTrue(outcome instanceof ConformanceOutcome.Failed, outcome.toString());
    }

    @Test
    void aCaseThatSaysNothingIsSkipped() {
        ConformanceOutcome outcome = run("[{\"note\": \"a\", \"query\": \"x = 1\"}]");
        assertTrue(outcome instanceof ConformanceOutcome.Skipped, outcome.toString());
    }
}
