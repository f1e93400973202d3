package dev.sheaf.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

final class PolicyFormatCommandTest {
    private static final String UNTIDY = "package a\n# kept\nallow if{input.x==1}\n";
    private static final String TIDY = "package a\n\n# kept\nallow if input.x == 1\n";

    @TempDir private Path folder = Path.of("");
    private PolicyRig rig = new PolicyRig(folder);

    @BeforeEach
    void layDownPolicies() throws IOException {
        rig = new PolicyRig(folder).write("p/untidy.rego", UNTIDY).write("p/tidy.rego", TIDY);
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void withoutAnAimTheTextIsPrinted() throws IOException {
        assertEquals(0, rig.run("fmt", "p/untidy.rego"));
        assertEquals(TIDY, rig.out());
        assertEquals(UNTIDY, text("p/untidy.rego"));
        assertEquals(0, rig.input(UNTIDY).run("fmt", "-"));
        assertEquals(TIDY, rig.out());
    }

    @Test
    void checkNamesWhatWouldChange() throws IOException {
        assertEquals(1, rig.run("fmt", "--check", "p"));
        assertEquals("p/untidy.rego\n", rig.out());
        assertEquals(UNTIDY, text("p/untidy.rego"));
        assertEquals(0, rig.run("fmt", "--check", "p/tidy.rego"));
        assertEquals("", rig.out());
        assertEquals(1, rig.input(UNTIDY).run("fmt", "--check", "-"));
    }

    @Test
    void diffShowsWhatWouldChange() {
        assertEquals(1, rig.run("fmt", "--diff", "p"));
        assertEquals(
                """
                --- p/untidy.rego
                +++ p/untidy.rego (formatted)
                @@ -1,3 +1,4 @@
                 package a
                +
                 # kept
                -allow if{input.x==1}
                +allow if input.x == 1
                """,
                rig.out());
        assertEquals(0, rig.run("fmt", "--diff", "p/tidy.rego"));
    }

    @Test
    void writeChangesWhatIsNotFormattedAndNothingElse() throws IOException {
        Path untidy = folder.resolve("p/untidy.rego");
        boolean hasPermissions = Files.getFileStore(untidy).supportsFileAttributeView("posix");
        if (hasPermissions) {
            Files.setPosixFilePermissions(untidy, PosixFilePermissions.fromString("rw-r-x--x"));
        }
        assertEquals(0, rig.run("fmt", "--write", "p"));
        assertEquals("formatted p/untidy.rego\n", rig.out());
        assertEquals(TIDY, text("p/untidy.rego"));
        if (hasPermissions) {
            assertEquals(
                    "rw-r-x--x",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(untidy)));
        }
        try (Stream<Path> files = Files.list(folder.resolve("p"))) {
            assertEquals(2, files.count());
        }
        assertEquals(0, rig.run("fmt", "--write", "p"));
        assertEquals("", rig.out());
    }

    @Test
    void linksStayLinks() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.rego"), Path.of("p/untidy.rego"));
        assertEquals(0, rig.run("fmt", "--write", "link.rego"));
        assertTrue(Files.isSymbolicLink(folder.resolve("link.rego")));
        assertEquals(TIDY, text("p/untidy.rego"));
    }

    @Test
    void whatCannotBeParsedStaysAndTheRestIsFormatted() throws IOException {
        rig.write("p/broken.rego", "package b\n\nx := [\n");
        assertEquals(1, rig.run("fmt", "--write", "p"));
        assertTrue(rig.err().startsWith("p/broken.rego:"), rig.err());
        assertEquals("package b\n\nx := [\n", text("p/broken.rego"));
        assertEquals(TIDY, text("p/untidy.rego"));
    }

    @Test
    void theOldDialectStaysOrBecomesTheNew() throws IOException {
        rig.write("old.rego", "package a\n\nallow{ input.x==1;input.y }\n");
        assertEquals(1, rig.run("fmt", "old.rego"));
        assertEquals(0, rig.run("fmt", "--v0", "old.rego"));
        assertEquals("package a\n\nallow {\n\tinput.x == 1\n\tinput.y\n}\n", rig.out());
        assertEquals(0, rig.run("fmt", "--to-v1", "old.rego"));
        assertEquals("package a\n\nallow if {\n\tinput.x == 1\n\tinput.y\n}\n", rig.out());
    }

    @Test
    void aimsThatContradictEachOtherAreRefused() {
        assertEquals(2, rig.run("fmt", "--write", "--check", "p"));
        assertEquals(2, rig.run("fmt", "--write", "-"));
        assertEquals(2, rig.run("fmt", "-", "p"));
        assertEquals(2, rig.run("fmt"));
        assertEquals(2, rig.run("fmt", "nowhere"));
    }

    @Test
    void thePoliciesOfTheProjectsDocumentsBecomeNewOnesThatCompile() throws IOException {
        Path policies =
                Path.of(System.getProperty("sheaf.testdata", "nowhere")).resolve("policies");
        Assumptions.assumeTrue(
                Files.isDirectory(policies), "the shared test data are not here: policies");
        for (String name : new String[] {"retention", "access", "governance", "pii"}) {
            rig.write("copy/" + name + ".rego", Files.readString(policies.resolve(name + ".rego")));
        }
        assertEquals(0, rig.run("fmt", "--to-v1", "--write", "copy"));
        assertEquals(0, rig.run("check", "copy"));
        assertEquals(0, rig.run("fmt", "--check", "copy"));
    }
}
