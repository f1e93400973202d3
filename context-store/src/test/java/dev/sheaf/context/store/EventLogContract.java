package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// What every [EventLog] does.
abstract class EventLogContract {
    protected EventLog log;

    /// A new, empty log.
    protected abstract EventLog create() throws Exception;

    /// Ends the log's process at once and opens the log again.
    protected abstract EventLog crash(EventLog log) throws Exception;

    /// Closes the log in order and opens it again.
    protected abstract EventLog reopen(EventLog log) throws Exception;

    @BeforeEach
    final void begin() throws Exception {
        log = create();
    }

    @AfterEach
    final void end() {
        log.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long append(int group, int actor, long first, long last, String payload) {
        byte[] padded = bytes("<" + payload + ">");
        return log.append(group, actor, first, last, padded, 1, padded.length - 2);
    }

    private List<String> read(int group, int actor, long from) {
        return shown(log.read(group, actor, from));
    }

    private static List<String> shown(LogRead read) {
        List<String> found = new ArrayList<>();
        try (LogCursor cursor = assertInstanceOf(LogRead.Open.class, read).cursor()) {
            for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                found.add(shown(next.get()));
            }
        }
        return found;
    }

    private static String shown(LogRecord log) {
        return log.position()
                + " "
                + log.stream()
                + " "
                + log.firstSequence()
                + "-"
                + log.lastSequence()
                + " "
                + text(log.payload());
    }

    private List<String> replayed(long from) {
        List<String> found = new ArrayList<>();
        log.replay(from, record -> found.add(shown(record)));
        return found;
    }

    private static void assertCut(Map<StreamId, Long> expected, LogRead read) {
        assertEquals(expected, assertInstanceOf(LogRead.Cut.class, read).firstAvailable());
    }

    @Test
    void positionsCountUpFromOne() {
        assertEquals(0, log.appendedPosition());
        assertEquals(1, append(0, 0, 1, 3, "a"));
        assertEquals(2, append(7, 3, 100, 100, "b"));
        assertEquals(2, log.appendedPosition());
        assertEquals(0, log.syncedPosition());
        assertEquals(2, log.sync());
        assertEquals(2, log.syncedPosition());
    }

    @Test
    void aStreamIsReadFromTheRecordThatHasTheSequence() {
        append(0, 0, 1, 3, "a");
        append(0, 1, 1, 1, "other");
        append(0, 0, 4, 4, "");
        append(0, 0, 5, 9, "c");
        log.sync();
        assertEquals(List.of("1 0/0 1-3 a", "3 0/0 4-4 ", "4 0/0 5-9 c"), read(0, 0, 1));
        assertEquals(List.of("1 0/0 1-3 a", "3 0/0 4-4 ", "4 0/0 5-9 c"), read(0, 0, 3));
        assertEquals(List.of("3 0/0 4-4 ", "4 0/0 5-9 c"), read(0, 0, 4));
        assertEquals(List.of("4 0/0 5-9 c"), read(0, 0, 9));
        assertEquals(List.of(), read(0, 0, 10));
        assertEquals(List.of(), read(5, 5, 1));
    }

    @Test
    void severalStreamsAreReadInOnePassInTheLogsOrder() {
        append(0, 0, 1, 1, "a");
        append(1, 0, 1, 1, "b");
        append(2, 0, 1, 1, "c");
        append(0, 0, 2, 2, "d");
        append(1, 0, 2, 2, "e");
        log.sync();
        Map<StreamId, Long> from = Map.of(new StreamId(0, 0), 2L, new StreamId(1, 0), 1L);
        assertEquals(List.of("2 1/0 1-1 b", "4 0/0 2-2 d", "5 1/0 2-2 e"), shown(log.read(from)));
    }

    @Test
    void onlyWhatWasSyncedWhenReadingBeganIsRead() {
        append(0, 0, 1, 1, "a");
        assertEquals(List.of(), read(0, 0, 1));
        log.sync();
        append(0, 0, 2, 2, "b");
        LogRead before = log.read(0, 0, 1);
        log.sync();
        assertEquals(List.of("1 0/0 1-1 a"), shown(before));
        assertEquals(List.of("2 0/0 2-2 b"), read(0, 0, 2));
    }

    @Test
    void aHoleInAStreamIsRefused() {
        append(0, 0, 5, 6, "a");
        assertThrows(IllegalArgumentException.class, () -> append(0, 0, 6, 6, "again"));
        assertThrows(IllegalArgumentException.class, () -> append(0, 0, 8, 8, "hole"));
        assertThrows(IllegalArgumentException.class, () -> append(0, 1, 0, 0, "zero"));
        assertThrows(IllegalArgumentException.class, () -> append(0, 1, 3, 2, "backwards"));
        assertThrows(IllegalArgumentException.class, () -> append(-1, 1, 3, 2, "negative"));
        assertEquals(2, append(0, 0, 7, 7, "b"));
    }

    @Test
    void whatWasNotSyncedIsLostByACrashAndWhatWasIsNot() throws Exception {
        append(0, 0, 1, 1, "a");
        log.putMeta("kept", bytes("1"));
        log.sync();
        append(0, 0, 2, 2, "b");
        log.putMeta("lost", bytes("2"));
        log = crash(log);
        assertEquals(2, log.syncedPosition());
        assertEquals(2, log.appendedPosition());
        assertEquals(List.of("1 0/0 1-1 a"), read(0, 0, 1));
        assertEquals(Map.of(new StreamId(0, 0), 1L), log.lastSequences());
        assertEquals(List.of("kept"), List.copyOf(log.meta().keySet()));
        assertEquals(3, append(0, 0, 2, 2, "c"));
    }

    @Test
    void closingSyncs() throws Exception {
        append(0, 0, 1, 1, "a");
        log = reopen(log);
        assertEquals(1, log.syncedPosition());
        assertEquals(List.of("1 0/0 1-1 a"), read(0, 0, 1));
    }

    @Test
    void namedValuesAreReplacedAndKept() throws Exception {
        log.putMeta("actors", bytes("one"));
        log.putMeta("actors", bytes("two"));
        log.putMeta("empty", new byte[0]);
        log = reopen(log);
        assertEquals("two", text(log.meta().getOrDefault("actors", new byte[0])));
        assertEquals(2, log.meta().size());
    }

    @Test
    void namedValuesHaveALimitTogether() {
        log.putMeta("a", new byte[EventLog.META_BYTES_MAX - 10]);
        Problem problem =
                assertThrows(Problem.class, () -> log.putMeta("another one", new byte[0]));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
        log.putMeta("a", new byte[3]);
        log.putMeta("another one", new byte[0]);
        assertEquals(2, log.meta().size());
    }

    @Test
    void aRestartedStreamGoesOnLaterAndItsPastIsCut() throws Exception {
        append(0, 0, 1, 9, "a");
        append(0, 1, 1, 1, "b");
        assertEquals(3, log.restart(0, 0, 100));
        log.sync();
        assertEquals(99, log.lastSequences().get(new StreamId(0, 0)));
        assertCut(Map.of(new StreamId(0, 0), 100L), log.read(0, 0, 5));
        assertEquals(List.of(), read(0, 0, 100));
        assertThrows(IllegalArgumentException.class, () -> append(0, 0, 10, 10, "old"));
        append(0, 0, 100, 100, "c");
        log = reopen(log);
        assertEquals(List.of("4 0/0 100-100 c"), read(0, 0, 100));
        assertCut(Map.of(new StreamId(0, 0), 100L), log.read(0, 0, 99));
        assertThrows(IllegalArgumentException.class, () -> log.restart(0, 0, 100));
    }

    @Test
    void aStreamThatBeginsLateIsCutBefore() {
        append(0, 0, 500, 500, "a");
        log.sync();
        assertCut(Map.of(new StreamId(0, 0), 500L), log.read(0, 0, 499));
    }

    @Test
    void replayBeginsAfterThePosition() {
        append(0, 0, 1, 1, "a");
        log.putMeta("x", bytes("y"));
        append(0, 1, 1, 1, "b");
        log.sync();
        append(0, 1, 2, 2, "not synced");
        assertEquals(List.of("1 0/0 1-1 a", "3 0/1 1-1 b"), replayed(0));
        assertEquals(List.of("3 0/1 1-1 b"), replayed(1));
        assertEquals(List.of("3 0/1 1-1 b"), replayed(2));
        assertEquals(List.of(), replayed(3));
    }

    @Test
    void replayRefusesAPositionThatTheLogDoesNotHave() {
        append(0, 0, 1, 1, "a");
        log.sync();
        Problem problem = assertThrows(Problem.class, () -> replayed(2));
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
    }

    @Test
    void theLargestPayloadComesBackAndALargerOneIsRefused() throws Exception {
        byte[] large = new byte[EventLog.PAYLOAD_BYTES_MAX + 1];
        new Random(1).nextBytes(large);
        Problem problem =
                assertThrows(Problem.class, () -> log.append(0, 0, 1, 1, large, 0, large.length));
        assertEquals(ProblemCode.TOO_LARGE, problem.code());
        append(0, 0, 1, 1, "before");
        log.append(0, 0, 2, 2, large, 1, large.length - 1);
        append(0, 0, 3, 3, "after");
        log = reopen(log);
        try (LogCursor cursor = assertInstanceOf(LogRead.Open.class, log.read(0, 0, 2)).cursor()) {
            byte[] found = cursor.next().orElseThrow().payload();
            assertArrayEquals(java.util.Arrays.copyOfRange(large, 1, large.length), found);
            assertEquals("after", text(cursor.next().orElseThrow().payload()));
        }
    }

    @Test
    void readersGoOnWhileALogIsWritten() throws Exception {
        int count = 5_000;
        AtomicReference<Throwable> fault = new AtomicReference<>();
        Thread reader =
                new Thread(() -> {
                    try {
                        readAll(count);
                    } catch (Throwable e) {
                        fault.set(e);
                    }
                });
        reader.start();
        for (int i = 1; i <= count; i++) {
            append(0, 0, i, i, "payload of " + i);
            if (i % 7 == 0 || i == count) {
                log.sync();
            }
        }
        reader.join(60_000);
        assertTrue(!reader.isAlive(), "the reader hangs");
        Throwable found = fault.get();
        if (found != null) {
            throw new AssertionError("reading failed", found);
        }
    }

    private void readAll(int count) {
        long next = 1;
        while (next <= count) {
            // A reader that spins takes the lock again and again, and the writer starves.
            LockSupport.parkNanos(100_000);
            try (LogCursor cursor =
                    assertInstanceOf(LogRead.Open.class, log.read(0, 0, next)).cursor()) {
                for (Optional<LogRecord> found = cursor.next();
                        found.isPresent();
                        found = cursor.next()) {
                    assertEquals(next, found.get().firstSequence());
                    assertEquals("payload of " + next, text(found.get().payload()));
                    next++;
                }
            }
        }
    }

    /// Thousands of random steps against a plain list.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesLikeAListOfRecords(long seed) throws Exception {
        LogModel model = new LogModel(seed);
        for (int step = 0; step < 1_500; step++) {
            try {
                step(model);
                model.noteSynced(log.syncedPosition());
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", step " + step, e);
            }
        }
    }

    private void step(LogModel model) throws Exception {
        int choice = model.random.nextInt(1000);
        if (choice < 700) {
            StreamId stream = model.anyStream();
            long first = model.nextSequence(stream);
            long last = first + model.random.nextInt(30);
            byte[] payload = model.payload();
            assertEquals(
                    model.append(stream, first, last, payload),
                    log.append(
                            stream.group(),
                            stream.actor(),
                            first,
                            last,
                            payload,
                            0,
                            payload.length));
        } else if (choice < 720) {
            String key = "key" + model.random.nextInt(5);
            byte[] value = model.payload();
            assertEquals(model.putMeta(key, value), log.putMeta(key, value));
        } else if (choice < 725) {
            StreamId stream = model.anyStream();
            long next = model.nextSequence(stream) + 1 + model.random.nextInt(50);
            assertEquals(
                    model.restart(stream, next), log.restart(stream.group(), stream.actor(), next));
        } else if (choice < 850) {
            assertEquals(model.sync(), log.sync());
        } else if (choice < 870) {
            log = crash(log);
            model.crash(log.appendedPosition());
        } else if (choice < 880) {
            log = reopen(log);
            model.sync();
        } else if (choice < 890) {
            byte[] erased = bytes("erased");
            int modulus = 2 + model.random.nextInt(5);
            log.sync();
            model.sync();
            assertEquals(
                    model.scrub(modulus, erased),
                    log.scrub(record ->
                            record.position() % modulus == 0 ? erased : record.payload()));
        } else if (choice < 900) {
            Map<StreamId, Long> released = model.anyReleased();
            log.truncate(released, model.synced);
            model.assertCutOnlyReleased(log, released);
        } else {
            model.assertReads(log);
        }
    }
}
