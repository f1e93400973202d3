package dev.sheaf.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class PolicyCheckCommandTest {
    @TempDir private Path folder = Path.of("");
    private PolicyRig rig = new PolicyRig(folder);

    @BeforeEach
    void workInTheFolder() {
        rig = new PolicyRig(folder);
    }

    @Test
    void nothingWrongIsSaid() throws IOException {
        rig.write("p/a.rego", "package a\n\nx := data.b.y\n")
                .write("p/b/b.rego", "package b\n\ny := 1\n")
                .write("p/b/data.json", "this is no JSON, and nobody asks");
        assertEquals(0, rig.run("check", "p"));
        assertEquals("2 files: nothing wrong\n", rig.out());
    }

    @Test
    void everyFaultOfEveryFileIsShownByItsPlace() throws IOException {
        rig.write("p/b.rego", "package b\n\ny := [1, \n")
                .write("p/a.rego", "package a\n\nx = {\n")
                .write("p/c.rego", "package c\n\nz := 1\n");
        assertEquals(1, rig.run("check", "p"));
        int first = rig.out().indexOf("p/a.rego:");
        int second = rig.out().indexOf("p/b.rego:");
        assertTrue(first == 0 && second > first, rig.out());
        assertTrue(rig.out().endsWith("3 files: 2 faults\n"), rig.out());
    }

    @Test
    void faultsOfCompilingComeTogetherWithALineAndAMark() throws IOException {
        rig.write(
                "a.rego",
                """
                package a

                x := y

                z if {
                \tnot input.a == nobody
                }
                """);
        assertEquals(1, rig.run("check", "a.rego"));
        assertEquals(
                """
                a.rego:3:6: rego_unsafe_var_error: var y is unsafe
                    x := y
                         ^
                """,
                rig.out().lines().limit(3).map(line -> line + "\n").reduce("", String::concat));
        assertTrue(rig.out().contains("a.rego:6:2: rego_unsafe_var_error: var nobody"), rig.out());
        assertTrue(rig.out().contains("     not input.a == nobody\n     ^\n"), rig.out());
        assertEquals(1, rig.run("check", "a.rego", "--json"));
        assertFalse(rig.json().path("valid").asBoolean());
        assertEquals(1, rig.json().path("checked").asInt());
        assertEquals(2, rig.json().path("diagnostics").size());
        assertEquals(2, rig.json().at("/diagnostics/1/column").asInt());
    }

    @Test
    void strictnessFindsWhatIsNotUsed() throws IOException {
        rig.write("a.rego", "package a\n\nimport data.b\n\nx if {\n\ty := 1\n}\n");
        assertEquals(0, rig.run("check", "a.rego"));
        assertEquals(1, rig.run("check", "--strict", "a.rego"));
        assertTrue(rig.out().contains("a.rego:3:1: rego_compile_error: data.b unused"), rig.out());
        assertTrue(rig.out().contains("a.rego:6:2: rego_compile_error: assigned var y"), rig.out());
    }

    @Test
    void whatIsNoPolicyIsRefused() throws IOException {
        rig.write("a.json", "{}").write("empty/b.json", "{}");
        assertEquals(2, rig.run("check", "a.json"));
        assertEquals("error: 'a.json' is no policy: its name ends in .rego\n", rig.err());
        assertEquals(2, rig.run("check", "empty"));
        assertEquals("error: there are no policies (.rego) in empty\n", rig.err());
        assertEquals(2, rig.run("check"));
    }

    @Test
    void thePoliciesOfTheProjectsDocumentsAreRightInTheOldDialectOnly() {
        Path policies =
                Path.of(System.getProperty("sheaf.testdata", "nowhere")).resolve("policies");
        Assumptions.assumeTrue(
                Files.isDirectory(policies), "the shared test data are not here: policies");
        assertEquals(0, rig.run("check", "--v0", policies.toString()));
        assertEquals("4 files: nothing wrong\n", rig.out());
        assertEquals(1, rig.run("check", policies.toString()));
        assertTrue(rig.out().endsWith("4 files: 4 faults\n"), rig.out());
    }
}
