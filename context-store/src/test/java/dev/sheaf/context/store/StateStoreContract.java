package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// What every [StateStore] does.
abstract class StateStoreContract {
    private static final byte[] NONE = new byte[0];
    protected StateStore state;

    /// A new, empty store.
    protected abstract StateStore create();

    /// Ends the store's process at once and opens the store again.
    protected abstract StateStore crash(StateStore state);

    /// Closes the store in order and opens it again.
    protected abstract StateStore reopen(StateStore state);

    @BeforeEach
    final void begin() {
        state = create();
    }

    @AfterEach
    final void end() {
        state.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String get(Table table, String key) {
        return state.get(table, bytes(key)).map(StateStoreContract::text).orElse("-");
    }

    private List<String> scan(Table table, String prefix, String from) {
        List<String> found = new ArrayList<>();
        try (StateCursor cursor = state.scan(table, bytes(prefix), bytes(from))) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                found.add(text(next.get().key()) + "=" + text(next.get().value()));
            }
        }
        return found;
    }

    private static StateBatch documents(String... keysAndValues) {
        StateBatch batch = new StateBatch();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            batch.put(Table.DOCUMENTS, bytes(keysAndValues[i]), bytes(keysAndValues[i + 1]));
        }
        return batch;
    }

    @Test
    void aBatchIsWrittenWithItsPosition() {
        assertEquals(0, state.position());
        StateBatch batch = documents("a", "1", "b", "2").delete(Table.DOCUMENTS, bytes("a"));
        batch.put(Table.SUBJECTS, bytes("a"), NONE);
        assertEquals(4, batch.count());
        state.write(batch, 17);
        assertEquals(0, batch.count());
        assertEquals(17, state.position());
        assertEquals("-", get(Table.DOCUMENTS, "a"));
        assertEquals("2", get(Table.DOCUMENTS, "b"));
        assertEquals("", get(Table.SUBJECTS, "a"));
        assertThrows(IllegalArgumentException.class, () -> state.write(new StateBatch(), 16));
    }

    @ParameterizedTest
    @EnumSource(names = "DEDUPE", mode = EnumSource.Mode.EXCLUDE)
    void tablesAreSeparate(Table table) {
        state.write(new StateBatch().put(table, bytes("k"), bytes("v")), 1);
        for (Table other : Table.values()) {
            assertEquals(other == table ? "v" : "-", get(other, "k"));
        }
    }

    @Test
    void closingFlushes() {
        state.write(documents("a", "1"), 5);
        state = reopen(state);
        assertEquals(5, state.position());
        assertEquals(5, state.durablePosition());
        assertEquals("1", get(Table.DOCUMENTS, "a"));
    }

    @Test
    void aCrashGoesBackToAPositionAndItsContentInAllTables() {
        state.write(documents("a", "1").put(Table.META, bytes("m"), bytes("1")), 5);
        assertEquals(0, state.durablePosition());
        assertEquals(5, state.flush());
        assertEquals(5, state.durablePosition());
        state.write(documents("a", "2").put(Table.META, bytes("m"), bytes("2")), 9);
        state = crash(state);
        assertEquals(5, state.position());
        assertEquals("1", get(Table.DOCUMENTS, "a"));
        assertEquals("1", get(Table.META, "m"));
    }

    @Test
    void manyKeysAreReadAtOnceInTheirOrder() {
        state.write(documents("a", "1", "b", "2"), 1);
        List<Optional<byte[]>> found =
                state.multiGet(Table.DOCUMENTS, List.of(bytes("b"), bytes("x"), bytes("a")));
        assertEquals(
                List.of("2", "-", "1"),
                found.stream().map(v -> v.map(StateStoreContract::text).orElse("-")).toList());
        assertEquals(List.of(), state.multiGet(Table.DOCUMENTS, List.of()));
    }

    @Test
    void aScanKeepsToItsPrefixAndBeginsAtItsKey() {
        state.write(documents("a", "0", "p1", "1", "p2", "2", "p3", "3", "q", "4"), 1);
        assertEquals(List.of("p1=1", "p2=2", "p3=3"), scan(Table.DOCUMENTS, "p", ""));
        assertEquals(List.of("p2=2", "p3=3"), scan(Table.DOCUMENTS, "p", "p2"));
        assertEquals(List.of("p3=3"), scan(Table.DOCUMENTS, "p", "p2x"));
        assertEquals(List.of(), scan(Table.DOCUMENTS, "p", "q"));
        assertEquals(5, scan(Table.DOCUMENTS, "", "").size());
        assertEquals(List.of("q=4"), scan(Table.DOCUMENTS, "", "q"));
    }

    @Test
    void keysAreOrderedByUnsignedBytes() {
        StateBatch batch = new StateBatch();
        for (int b : new int[] {0xFF, 0x00, 0x80, 0x7F}) {
            batch.put(Table.CONFLICTS, new byte[] {(byte) 0xFF, (byte) b}, NONE);
        }
        state.write(batch, 1);
        List<Integer> found = new ArrayList<>();
        try (StateCursor cursor = state.scan(Table.CONFLICTS, new byte[] {(byte) 0xFF}, NONE)) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                found.add(next.get().key()[1] & 0xFF);
            }
        }
        assertEquals(List.of(0x00, 0x7F, 0x80, 0xFF), found);
    }

    @Test
    void aScanSeesTheStateOfWhenItBegan() {
        state.write(documents("a", "1", "b", "1"), 1);
        try (StateCursor cursor = state.scan(Table.DOCUMENTS, NONE, NONE)) {
            state.write(documents("b", "2", "c", "2").delete(Table.DOCUMENTS, bytes("a")), 2);
            assertEquals("1", text(cursor.next().orElseThrow().value()));
            assertEquals("1", text(cursor.next().orElseThrow().value()));
            assertTrue(cursor.next().isEmpty());
        }
    }

    @Test
    void aRangeIsDeletedWithoutItsEnd() {
        state.write(documents("a", "1", "b", "2", "c", "3"), 1);
        state.write(new StateBatch().deleteRange(Table.DOCUMENTS, bytes("a"), bytes("c")), 2);
        assertEquals(List.of("c=3"), scan(Table.DOCUMENTS, "", ""));
    }

    @Test
    void idsExpireAndOnesPutAgainDoNotExpireEarlier() {
        state.write(
                new StateBatch()
                        .putExpiring(bytes("a"), bytes("1"), 60_000)
                        .putExpiring(bytes("b"), bytes("2"), 60_001)
                        .putExpiring(bytes("c"), NONE, 30_000),
                1);
        state.write(new StateBatch().putExpiring(bytes("c"), bytes("3"), 600_000), 2);
        assertEquals(0, state.expire(59_999, 100));
        assertEquals("1", get(Table.DEDUPE, "a"));
        assertEquals(List.of("a=1", "b=2", "c=3"), scan(Table.DEDUPE, "", ""));
        assertEquals(1, state.expire(60_000, 100));
        assertEquals(List.of("b=2", "c=3"), scan(Table.DEDUPE, "", ""));
        assertEquals(1, state.expire(120_000, 100));
        assertEquals(1, state.expire(600_000, 100));
        assertEquals(List.of(), scan(Table.DEDUPE, "", ""));
        assertEquals(2, state.position());
    }

    @Test
    void idsNeedAnExpiry() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new StateBatch().put(Table.DEDUPE, NONE, NONE));
    }

    /// Thousands of random steps against a sorted map.
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void behavesLikeASortedMap(long seed) {
        Random random = new Random(seed);
        TreeMap<String, String> now = new TreeMap<>();
        TreeMap<String, String> flushed = new TreeMap<>();
        long position = 0;
        for (int step = 0; step < 700; step++) {
            int choice = random.nextInt(100);
            if (choice < 70) {
                StateBatch batch = new StateBatch();
                for (int left = random.nextInt(20); left > 0; left--) {
                    String key = "key" + random.nextInt(300);
                    if (random.nextInt(4) == 0) {
                        batch.delete(Table.DOCUMENTS, bytes(key));
                        now.remove(key);
                    } else {
                        String value = "v".repeat(random.nextInt(300)) + step;
                        batch.put(Table.DOCUMENTS, bytes(key), bytes(value));
                        now.put(key, value);
                    }
                }
                state.write(batch, ++position);
            } else if (choice < 73) {
                state.flush();
                flushed = new TreeMap<>(now);
            } else if (choice < 75) {
                state = crash(state);
                position = state.position();
                now = new TreeMap<>(flushed);
            } else if (choice < 76) {
                state = reopen(state);
                flushed = new TreeMap<>(now);
            } else {
                String from = "key" + random.nextInt(300);
                assertEquals(
                        now.tailMap(from).entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .toList(),
                        scan(Table.DOCUMENTS, "key", from),
                        "seed " + seed + ", step " + step);
            }
            assertEquals(position, state.position(), "seed " + seed);
        }
    }

    @Test
    void largeValuesComeBack() {
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) 7);
        state.write(new StateBatch().put(Table.DOCUMENTS, bytes("large"), large), 1);
        state = reopen(state);
        assertArrayEquals(large, state.get(Table.DOCUMENTS, bytes("large")).orElseThrow());
    }

    @Test
    void aClosedStoreSaysSo() {
        StateCursor cursor = state.scan(Table.DOCUMENTS, NONE, NONE);
        state.close();
        assertThrows(IllegalStateException.class, () -> state.get(Table.META, NONE));
        cursor.close();
    }
}
