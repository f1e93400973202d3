package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// Log and state together, and their checkpoints.
final class ContextStoreTest {
    @TempDir private Path directory;

    private ContextStore open(String name) {
        return ContextStore.open(NodeUntilKilled.options(directory.resolve(name)), new Random(7));
    }

    private static void write(ContextStore store, long first, long last) {
        LogContent.append(store.log(), first, last);
        long synced = store.log().sync();
        store.state().write(NodeUntilKilled.stateAt(synced), synced);
    }

    private static ProblemCode problem(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(Problem.class, call).code();
    }

    @Test
    void aRestoredCheckpointHasWhatTheStoreHad() {
        Path checkpoint = directory.resolve("checkpoint");
        try (ContextStore store = open("data")) {
            store.log().putMeta("actors", new byte[] {1, 2});
            store.log().append(5, 5, 1, 1, new byte[3], 0, 3);
            assertEquals(2, store.log().sync());
            store.state().write(NodeUntilKilled.stateAt(2), 2);
            store.log().append(5, 5, 2, 2, new byte[4], 0, 4);
            assertEquals(3, store.checkpoint(checkpoint));
            store.log().append(5, 5, 3, 3, new byte[4], 0, 4);
        }
        assertEquals(3, ContextStore.restore(checkpoint, directory.resolve("restored")));
        try (ContextStore store = open("restored")) {
            assertEquals(3, store.log().syncedPosition());
            assertArrayEquals(new byte[] {1, 2}, store.log().meta().get("actors"));
            assertEquals(2, store.state().position());
            assertEquals(2, NodeUntilKilled.stateOf(store.state(), Table.DOCUMENTS));
            assertEquals(Map.of(new StreamId(5, 5), 2L), store.log().lastSequences());
            List<Long> replayed = new ArrayList<>();
            store.log().replay(2, record -> replayed.add(record.firstSequence()));
            assertEquals(List.of(2L), replayed);
        }
    }

    @Test
    void checkpointsAreTakenWhileTheStoreIsWrittenAndCut() throws Exception {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        try (ContextStore store = open("data")) {
            Thread writer =
                    new Thread(() -> {
                        try {
                            for (long first = 1; first <= 6_000; first += 10) {
                                write(store, first, first + 9);
                            }
                        } catch (Throwable e) {
                            fault.set(e);
                        }
                    });
            writer.start();
            for (int round = 0; writer.isAlive() || round == 0; round++) {
                Path checkpoint = directory.resolve("checkpoint" + round);
                Path restored = directory.resolve("restored" + round);
                long position = store.checkpoint(checkpoint);
                assertEquals(position, ContextStore.restore(checkpoint, restored));
                try (ContextStore copy = open("restored" + round)) {
                    assertEquals(position, LogContent.assertPrefix(copy.log()));
                    assertTrue(copy.state().position() <= position);
                    assertEquals(
                            copy.state().position(),
                            NodeUntilKilled.stateOf(copy.state(), Table.DOCUMENTS));
                }
            }
            writer.join();
        }
        if (fault.get() != null) {
            throw new AssertionError("the writer failed", fault.get());
        }
    }

    @Test
    void aDamagedOrIncompleteCheckpointIsRefused() throws Exception {
        Path checkpoint = directory.resolve("checkpoint");
        try (ContextStore store = open("data")) {
            write(store, 1, 1_000);
            store.checkpoint(checkpoint);
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(checkpoint)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertTrue(files.size() > 5, files.toString());
        Path target = directory.resolve("target");
        for (Path file : files) {
            byte[] intact = Files.readAllBytes(file);
            Files.delete(file);
            assertEquals(
                    ProblemCode.UNREADABLE_INPUT,
                    problem(() -> ContextStore.restore(checkpoint, target)),
                    file.toString());
            byte[] damaged = java.util.Arrays.copyOf(intact, Math.max(intact.length, 1));
            damaged[damaged.length / 2] ^= 1;
            Files.write(file, damaged);
            assertEquals(
                    ProblemCode.UNREADABLE_INPUT,
                    problem(() -> ContextStore.restore(checkpoint, target)),
                    file.toString());
            Files.write(file, intact);
        }
        Path extra = checkpoint.resolve("log/extra");
        Files.writeString(extra, "x");
        assertEquals(
                ProblemCode.UNREADABLE_INPUT,
                problem(() -> ContextStore.restore(checkpoint, target)));
        assertTrue(Files.notExists(target));
        Files.delete(extra);
        assertEquals(1_000, ContextStore.restore(checkpoint, target));
    }

    @Test
    void foldersThatAreNotEmptyAreRefused() throws Exception {
        Path full = Files.createDirectories(directory.resolve("full"));
        Files.writeString(full.resolve("something"), "x");
        Path checkpoint = directory.resolve("checkpoint");
        try (ContextStore store = open("data")) {
            assertEquals(ProblemCode.CONFLICT, problem(() -> store.checkpoint(full)));
            store.checkpoint(checkpoint);
            assertEquals(ProblemCode.CONFLICT, problem(() -> store.checkpoint(checkpoint)));
        }
        assertEquals(ProblemCode.CONFLICT, problem(() -> ContextStore.restore(checkpoint, full)));
    }

    @Test
    void aRestoreThatWasNotFinishedIsNotOpened() throws Exception {
        Path checkpoint = directory.resolve("checkpoint");
        try (ContextStore store = open("data")) {
            store.checkpoint(checkpoint);
        }
        ContextStore.restore(checkpoint, directory.resolve("restored"));
        Files.writeString(directory.resolve("restored/RESTORING"), "x");
        assertEquals(ProblemCode.STORAGE_FAILED, problem(() -> open("restored")));
    }

    @Test
    void stateThatIsAheadOfItsLogIsRefused() throws Exception {
        try (ContextStore store = open("data")) {
            write(store, 1, 20);
        }
        Path last = LogFolders.segments(directory.resolve("data/log")).getLast();
        try (var channel = java.nio.channels.FileChannel.open(last, StandardOpenOption.WRITE)) {
            channel.truncate(2_000);
        }
        Problem problem = assertThrows(Problem.class, () -> open("data"));
        assertTrue(problem.message().contains("acknowledged"), problem.message());
    }

    @Test
    void theLogIsCutNoFurtherThanTheStateIsDurable() {
        StreamId stream = new StreamId(0, 0);
        try (ContextStore store = open("data")) {
            write(store, 1, 3_000);
            assertTrue(store.log().segmentCount() > 3);
            assertEquals(0, store.truncate(Map.of(stream, 3_000L)));
            store.state().flush();
            assertEquals(0, store.truncate(Map.of(stream, 10L)));
            assertEquals(0, store.truncate(Map.of()));
            assertTrue(store.truncate(Map.of(stream, 3_000L)) > 2);
            assertEquals(1, store.log().segmentCount());
            assertEquals(Map.of(stream, 3_000L), store.log().lastSequences());
        }
        try (ContextStore store = open("data")) {
            assertEquals(Map.of(stream, 3_000L), store.log().lastSequences());
            assertTrue(store.log().read(0, 0, 1) instanceof LogRead.Cut);
            LogContent.append(store.log(), 3_001);
        }
    }

    @Test
    void linkedSegmentsStayWhatTheyWereWhenTheLogIsScrubbed() throws IOException {
        Path checkpoint = directory.resolve("checkpoint");
        try (ContextStore store = open("data")) {
            write(store, 1, 1_500);
            store.checkpoint(checkpoint);
            assertEquals(1_500, store.log().scrub(record -> new byte[1]));
        }
        ContextStore.restore(checkpoint, directory.resolve("restored"));
        try (ContextStore store = open("restored")) {
            assertEquals(1_500, LogContent.assertPrefix(store.log()));
        }
    }
}
