package dev.sheaf.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// A node that is killed takes its workers with it.
@Timeout(60)
final class ParentDeathTest {
    @TempDir Path scratch;

    @Test
    void workersEndWhenTheirNodeIsKilled() throws Exception {
        Process node =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                scratch.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        node.inputReader().readLine();
        List<ProcessHandle> workers = node.descendants().toList();
        assertTrue(!workers.isEmpty());
        node.destroyForcibly().waitFor();
        assertTrue(
                EngineFixture.eventually(() -> workers.stream().noneMatch(ProcessHandle::isAlive)));
    }

    /// A node with one worker in the middle of a statement.
    static final class Parent {
        public static void main(String[] arguments) throws InterruptedException {
            WorkerEngine engine = new WorkerEngine(EngineFixture.config());
            EngineSession session = engine.open(EngineFixture.query(Path.of(arguments[0])));
            Thread.startVirtualThread(
                    () -> session.query("SELECT count(*) FROM range(1000000000000) t(i)"));
            Thread.sleep(200);
            System.out.println("running");
            Thread.sleep(60_000);
        }
    }
}
