package dev.sheaf.rego.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.Limits;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

final class PolicyTestsTest {
    private static PolicyTests.Report run(String... texts) {
        List<Module> modules = new ArrayList<>();
        for (String text : texts) {
            modules.add(Parser.module("m" + modules.size() + ".rego", text, RegoVersion.V1));
        }
        return new PolicyTests(
                        modules, ObjectValue.EMPTY, Limits.DEFAULT, () -> 0, System::nanoTime)
                .run(
                        CompileOptions.DEFAULT,
                        "",
                        new FixedSurroundings.World(
                                new Random(1),
                                new Expressions(),
                                Optional.empty(),
                                Optional.empty(),
                                ObjectValue.EMPTY,
                                line -> {}));
    }

    private static final String POLICY =
            """
            package a

            allow if {
            	input.x == 1
            }

            allow if {
            	input.y == 2
            }
            """;

    @Test
    void testsPassFailBreakAndAreSkipped() {
        PolicyTests.Report report =
                run(
                        POLICY,
                        """
                        package a_test
                        import data.a
                        test_good if a.allow with input as {"x": 1}
                        test_bad if { print("x is", input.x); a.allow with input as {"x": 3} }
                        test_broken := x if some x in [1, 2]
                        todo_test_later if false
                        """);
        List<String> outcomes =
                report.tests().stream()
                        .map(each -> each.name() + " " + each.outcome().getClass().getSimpleName())
                        .toList();
        assertEquals(
                List.of(
                        "data.a_test.test_good Passed",
                        "data.a_test.test_bad Failed",
                        "data.a_test.test_broken Broken",
                        "data.a_test.todo_test_later Skipped"),
                outcomes);
        assertFalse(report.isPassed());
        assertEquals(List.of("x is <undefined>"), report.tests().get(1).notes());
        assertTrue(
                report.tests().get(1).trace().stream()
                        .anyMatch(line -> line.contains("fail  input.x == 1")),
                () -> String.join("\n", report.tests().get(1).trace()));
    }

    @Test
    void coverageNamesTheLinesThatWereNotEvaluated() {
        PolicyTests.Report report =
                run(
                        POLICY,
                        "package a_test\n"
                                + "import data.a\n"
                                + "test_one if a.allow with input as {\"x\": 1}");
        Coverage.File file = Objects.requireNonNull(report.coverage().files().get("m0.rego"));
        assertEquals(Set.of(3, 4), file.covered());
        assertEquals(Set.of(7, 8), file.missed());
        assertEquals(0.5, report.coverage().share());
    }
}
