package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// What a log should have in it, as plain lists: the oracle of [EventLogContract].
final class LogModel {
    private sealed interface Step {
        record Append(LogRecord log) implements Step {}

        record Meta(String key, byte[] value) implements Step {}

        record Restart(StreamId stream, long next) implements Step {}
    }

    final Random random;
    long synced;
    private final List<Step> steps = new ArrayList<>();

    LogModel(long seed) {
        random = new Random(seed);
    }

    StreamId anyStream() {
        return new StreamId(random.nextInt(3), random.nextInt(3));
    }

    byte[] payload() {
        byte[] payload =
                new byte[random.nextInt(20) == 0 ? random.nextInt(9_000) : random.nextInt(400)];
        random.nextBytes(payload);
        return payload;
    }

    private Map<StreamId, Long> lasts() {
        Map<StreamId, Long> lasts = new HashMap<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Append(LogRecord log) -> lasts.put(log.stream(), log.lastSequence());
                case Step.Restart(StreamId stream, long next) -> lasts.put(stream, next - 1);
                case Step.Meta meta -> {}
            }
        }
        return lasts;
    }

    long nextSequence(StreamId stream) {
        return lasts().getOrDefault(stream, (long) random.nextInt(100)) + 1;
    }

    long append(StreamId stream, long first, long last, byte[] payload) {
        steps.add(
                new Step.Append(
                        new LogRecord(steps.size() + 1, stream, first, last, payload.clone())));
        return steps.size();
    }

    long putMeta(String key, byte[] value) {
        steps.add(new Step.Meta(key, value));
        return steps.size();
    }

    long restart(StreamId stream, long next) {
        steps.add(new Step.Restart(stream, next));
        return steps.size();
    }

    long sync() {
        synced = steps.size();
        return synced;
    }

    /// What was synced survives; of what follows a part may, without holes.
    void crash(long survivedPosition) {
        assertTrue(survivedPosition >= synced, "synced records are lost");
        assertTrue(survivedPosition <= steps.size(), "there are records nobody wrote");
        while (steps.size() > survivedPosition) {
            steps.removeLast();
        }
        synced = survivedPosition;
    }

    /// A log may sync by itself, too.
    void noteSynced(long syncedPosition) {
        assertTrue(syncedPosition >= synced && syncedPosition <= steps.size());
        synced = syncedPosition;
    }

    long scrub(int modulus, byte[] erased) {
        long replaced = 0;
        for (int i = 0; i < steps.size(); i++) {
            if ((i + 1) % modulus == 0 && steps.get(i) instanceof Step.Append(LogRecord log)) {
                steps.set(
                        i,
                        new Step.Append(
                                new LogRecord(
                                        log.position(),
                                        log.stream(),
                                        log.firstSequence(),
                                        log.lastSequence(),
                                        erased)));
                // What was cut before is not rewritten.
                if (log.position() > cutPosition) {
                    replaced++;
                }
            }
        }
        return replaced;
    }

    private long cutPosition;

    Map<StreamId, Long> anyReleased() {
        Map<StreamId, Long> released = new HashMap<>();
        lasts().forEach((stream, last) -> {
            if (random.nextInt(12) > 0) {
                released.put(stream, last - random.nextInt(40));
            }
        });
        return released;
    }

    /// After a cut: all that is left is a suffix, and nothing that was not released is missing.
    void assertCutOnlyReleased(EventLog log, Map<StreamId, Long> released) {
        List<LogRecord> left = new ArrayList<>();
        long from = cutPosition;
        while (true) {
            try {
                left.clear();
                log.replay(from, left::add);
                break;
            } catch (dev.sheaf.kernel.Problem e) {
                from++;
                assertTrue(from <= synced, "nothing is left to replay");
            }
        }
        for (long position = cutPosition + 1; position <= from; position++) {
            if (steps.get((int) position - 1) instanceof Step.Append(LogRecord gone)) {
                assertTrue(
                        gone.lastSequence() <= released.getOrDefault(gone.stream(), 0L),
                        "a record that was not released is gone: " + gone);
            }
        }
        cutPosition = from;
        assertReads(log);
    }

    void assertReads(EventLog log) {
        assertEquals(lasts(), log.lastSequences());
        assertMeta(log);
        List<LogRecord> expected = new ArrayList<>();
        Map<StreamId, Long> floors = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            long position = i + 1;
            switch (steps.get(i)) {
                case Step.Append(LogRecord step) -> {
                    if (position <= cutPosition) {
                        floors.put(step.stream(), step.lastSequence() + 1);
                    } else {
                        floors.putIfAbsent(step.stream(), step.firstSequence());
                        if (position <= synced) {
                            expected.add(step);
                        }
                    }
                }
                case Step.Restart(StreamId stream, long next) -> {
                    floors.put(stream, next);
                }
                case Step.Meta meta -> {}
            }
        }
        List<LogRecord> replayed = new ArrayList<>();
        log.replay(cutPosition, replayed::add);
        assertSame(expected, replayed);
        for (Map.Entry<StreamId, Long> floor : floors.entrySet()) {
            assertRead(log, floor.getKey(), floor.getValue(), expected);
        }
    }

    private void assertRead(EventLog log, StreamId stream, long floor, List<LogRecord> all) {
        if (floor > 1) {
            assertEquals(
                    new LogRead.Cut(Map.of(stream, floor)),
                    log.read(stream.group(), stream.actor(), floor - 1));
        }
        long from = floor + random.nextInt(200);
        List<LogRecord> expected =
                all.stream()
                        .filter(r -> r.stream().equals(stream) && r.lastSequence() >= from)
                        .toList();
        List<LogRecord> found = new ArrayList<>();
        if (log.read(stream.group(), stream.actor(), from)
                instanceof LogRead.Open(LogCursor open)) {
            try (open) {
                for (Optional<LogRecord> next = open.next(); next.isPresent(); next = open.next()) {
                    found.add(next.get());
                }
            }
        }
        assertSame(expected, found);
    }

    private void assertMeta(EventLog log) {
        Map<String, byte[]> expected = new HashMap<>();
        for (Step step : steps) {
            if (step instanceof Step.Meta(String key, byte[] value)) {
                expected.put(key, value);
            }
        }
        Map<String, byte[]> found = log.meta();
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((key, value) -> assertArrayEquals(value, found.get(key)));
    }

    private static void assertSame(List<LogRecord> expected, List<LogRecord> found) {
        assertEquals(
                expected.stream().map(LogModel::head).toList(),
                found.stream().map(LogModel::head).toList());
        for (int i = 0; i < found.size(); i++) {
            assertArrayEquals(expected.get(i).payload(), found.get(i).payload());
        }
    }

    private static List<Object> head(LogRecord log) {
        return List.of(log.position(), log.stream(), log.firstSequence(), log.lastSequence());
    }
}
