package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A process that is killed at any moment loses nothing that it acknowledged.
final class KilledProcessTest {
    private static final int ROUNDS = 6;

    @TempDir private Path directory;

    @Test
    void everythingAcknowledgedSurvivesAKill() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String where = "seed " + seed + ", round " + round;
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-Xmx128m",
                                    "-cp",
                                    System.getProperty(
                                            "surefire.test.class.path",
                                            System.getProperty("java.class.path")),
                                    NodeUntilKilled.class.getName(),
                                    directory.toString(),
                                    Long.toString(random.nextLong()))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            long acknowledged = killAfter(process, 20 + random.nextInt(300));
            try (ContextStore store =
                    ContextStore.open(NodeUntilKilled.options(directory), new Random(1))) {
                long found = LogContent.assertPrefix(store.log());
                assertTrue(found >= acknowledged, where + ": " + found + " < " + acknowledged);
                long position = store.state().position();
                assertEquals(
                        position, NodeUntilKilled.stateOf(store.state(), Table.DOCUMENTS), where);
                assertEquals(position, NodeUntilKilled.stateOf(store.state(), Table.META), where);
            }
        }
    }

    private void assertOnlyOneProcess() {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> ContextStore.open(NodeUntilKilled.options(directory), new Random(1)));
        assertEquals(ProblemCode.CONFLICT, problem.code(), problem.message());
    }

    /// @return the last position it printed
    private long killAfter(Process process, int lines) throws IOException {
        long last = 0;
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            for (int count = 0; line != null; count++) {
                last = Long.parseLong(line);
                if (count == 0) {
                    assertOnlyOneProcess();
                }
                if (count == lines) {
                    // Unlike the process itself, its handle leaves the output readable.
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            return last;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
