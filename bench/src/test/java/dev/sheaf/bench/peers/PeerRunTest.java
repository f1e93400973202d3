package dev.sheaf.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

final class PeerRunTest {
    @TempDir private Path directory;

    @Test
    void linesInBracesAreTheResults() throws IOException, InterruptedException {
        List<JsonNode> results =
                run("echo starting; echo '{\"rate\":1}'; echo '{\"rate\":2}'", result -> {}).run();
        assertEquals(2, results.size());
        assertEquals(2, results.get(1).get("rate").asInt());
    }

    @Test
    void aWrongAnswerIsNoResult() {
        PeerRun run =
                run(
                        "echo '{\"sum\":41}'",
                        result -> {
                            if (result.get("sum").asInt() != 42) {
                                throw new IllegalStateException("not 42");
                            }
                        });
        assertEquals("not 42", assertThrows(IllegalStateException.class, run::run).getMessage());
    }

    @Test
    void aPeerThatFailsShowsWhatItPrinted() {
        String message =
                failure(run("echo '{\"rate\":1}'; echo no memory >&2; exit 3", result -> {}));
        assertTrue(message.contains("exit code 3"), message);
        assertTrue(message.contains("no memory"), message);
    }

    @Test
    void aPeerWithoutAResultFails() {
        assertThrows(IllegalStateException.class, run("true", result -> {})::run);
    }

    @Test
    void aPeerThatTakesTooLongIsEndedWithItsChildren() throws IOException {
        PeerRun run =
                new PeerRun(
                        "slow",
                        List.of("sh", "-c", "sleep 300 & echo $! > child; wait"),
                        directory,
                        Duration.ofSeconds(2),
                        result -> {});
        String message = failure(run);
        assertTrue(message.contains("is not done after 2 s"), message);
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    }

    private PeerRun run(String script, Consumer<JsonNode> check) {
        return new PeerRun(
                "test", List.of("sh", "-c", script), directory, Duration.ofMinutes(1), check);
    }

    private static String failure(PeerRun run) {
        return String.valueOf(assertThrows(IllegalStateException.class, run::run).getMessage());
    }
}
