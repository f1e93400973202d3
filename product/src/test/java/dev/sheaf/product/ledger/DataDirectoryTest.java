package dev.sheaf.product.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

final class DataDirectoryTest {
    @TempDir private Path folder;

    @Test
    void isCreatedForItsOwnerOnly() throws IOException {
        Path root = folder.resolve("a/b");
        try (DataDirectory directory = DataDirectory.open(root)) {
            assertEquals(root, directory.root());
            assertEquals("1", Files.readString(root.resolve("VERSION")).strip());
            for (Path entry : new Path[] {root, directory.keys(), directory.warehouse()}) {
                assertEquals(
                        "rwx------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)));
            }
        }
    }

    @Test
    void closesAnOpenFolderToOthers() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory.open(folder).close();
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void opensAgainWithWhatIsThereAndEmptiesScratch() throws IOException {
        try (DataDirectory directory = DataDirectory.open(folder)) {
            Files.writeString(directory.warehouse().resolve("kept"), "x");
            Files.createDirectories(directory.scratch().resolve("run/deep"));
            Files.writeString(directory.scratch().resolve("run/deep/spill"), "x");
        }
        try (DataDirectory directory = DataDirectory.open(folder)) {
            assertTrue(Files.exists(directory.warehouse().resolve("kept")));
            assertTrue(Files.isDirectory(directory.scratch()));
            assertFalse(Files.exists(directory.scratch().resolve("run")));
        }
    }

    @Test
    void aSecondNodeIsToldWhoHoldsIt() {
        try (DataDirectory first = DataDirectory.open(folder)) {
            first.announcePort(7411);
            Problem problem = assertThrows(Problem.class, () -> DataDirectory.open(folder).close());
            assertEquals(ProblemCode.CONFLICT, problem.code());
            assertTrue(problem.message().contains("port 7411"), problem.message());
            assertTrue(
                    problem.message().contains("process " + ProcessHandle.current().pid()),
                    problem.message());
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void aSecondProcessIsToldWhoHoldsItUntilTheFirstIsKilled() throws Exception {
        Process holder = ChildJvm.start(HoldsDirectory.class, folder.toString());
        try {
            ChildJvm.awaitLine(holder, "held");
            Problem problem = assertThrows(Problem.class, () -> DataDirectory.open(folder).close());
            assertEquals(ProblemCode.CONFLICT, problem.code());
            assertTrue(problem.message().contains("process " + holder.pid()), problem.message());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void doesNotMoveIntoSomebodyElsesFolder() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "x");
        Problem problem = assertThrows(Problem.class, () -> DataDirectory.open(folder).close());
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        assertFalse(Files.exists(folder.resolve("VERSION")));
    }

    @Test
    void refusesALayoutOfTheFuture() throws IOException {
        DataDirectory.open(folder).close();
        Files.writeString(folder.resolve("VERSION"), "2\n");
        Problem problem = assertThrows(Problem.class, () -> DataDirectory.open(folder).close());
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        assertTrue(problem.message().contains("version 2"), problem.message());
    }

    @Test
    void saysWhenTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Problem problem =
                assertThrows(Problem.class, () -> DataDirectory.open(file.resolve("data")).close());
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        assertTrue(problem.message().contains("data"), problem.message());
    }

    @Test
    void knowsWhatIsFreeAndRefusesWhatDoesNotFit() {
        try (DataDirectory directory = DataDirectory.open(folder)) {
            assertTrue(directory.free().bytes() > 0);
            directory.requireFree(new ByteSize(1), "a publish");
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () -> directory.requireFree(new ByteSize(Long.MAX_VALUE), "a publish"));
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        }
    }

    /// Holds a data directory until it is killed.
    static final class HoldsDirectory {
        public static void main(String[] arguments) throws InterruptedException {
            DataDirectory.open(Path.of(arguments[0])).announcePort(1);
            ChildJvm.say("held");
            Thread.sleep(60_000);
        }
    }
}
