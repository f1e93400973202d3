package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The cache of hot documents.
final class DocumentCacheTest {
    private final List<String> evicted = new ArrayList<>();

    private DocumentCache<String, String> cache(long bytes) {
        return new DocumentCache<>(
                bytes, (key, value) -> value.length(), (key, value) -> evicted.add(key));
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        DocumentCache<String, String> cache = cache(6);
        cache.loaded("a", "xx");
        cache.loaded("b", "xx");
        cache.loaded("c", "xx");
        assertEquals(Optional.of("xx"), cache.get("a"));
        cache.loaded("d", "xx");
        assertEquals(List.of("b"), evicted);
        assertEquals(6, cache.bytes());
        assertEquals(3, cache.size());
    }

    @Test
    void whatIsNotWrittenYetStays() {
        DocumentCache<String, String> cache = cache(4);
        cache.changed("a", "xx", 1);
        cache.changed("b", "xx", 2);
        cache.changed("c", "xx", 3);
        assertEquals(List.of(), evicted);
        assertEquals(6, cache.dirtyBytes());
        cache.written(1);
        assertEquals(List.of("a"), evicted);
        assertEquals(4, cache.dirtyBytes());
        cache.written(3);
        assertEquals(List.of("a"), evicted);
        assertEquals(0, cache.dirtyBytes());
    }

    @Test
    void whatChangedAgainAfterItWasWrittenStaysDirty() {
        DocumentCache<String, String> cache = cache(100);
        cache.changed("a", "old", 1);
        cache.changed("b", "other", 2);
        cache.changed("a", "newer", 3);
        cache.written(2);
        List<String> dirty = new ArrayList<>();
        cache.forEachDirty((key, value) -> dirty.add(key + value));
        assertEquals(List.of("anewer"), dirty);
        assertEquals(5, cache.dirtyBytes());
    }

    @Test
    void readingFromTheStoreDoesNotReplaceWhatIsNewer() {
        DocumentCache<String, String> cache = cache(100);
        cache.changed("a", "new", 1);
        cache.loaded("a", "stale");
        assertEquals(Optional.of("new"), cache.get("a"));
    }

    @Test
    void positionsDoNotGoBack() {
        DocumentCache<String, String> cache = cache(100);
        cache.changed("a", "new", 2);
        assertThrows(IllegalArgumentException.class, () -> cache.changed("b", "x", 1));
    }

    @Test
    void anEntryLargerThanTheCacheDoesNotStay() {
        DocumentCache<String, String> cache = cache(3);
        cache.loaded("a", "too long");
        assertEquals(0, cache.size());
        assertEquals(0, cache.bytes());
    }

    @Test
    void itsCountsAreThoseOfAPlainMap() {
        long seed = 42;
        Random random = new Random(seed);
        DocumentCache<String, String> cache = cache(200);
        Map<String, Long> dirty = new HashMap<>();
        for (int step = 1; step < 20_000; step++) {
            String key = "k" + random.nextInt(40);
            String value = "x".repeat(random.nextInt(30));
            switch (random.nextInt(5)) {
                case 0, 1 -> cache.loaded(key, value);
                case 2 -> {
                    cache.changed(key, value, step);
                    dirty.put(key, (long) step);
                }
                case 3 -> {
                    long upTo = step - random.nextInt(20);
                    cache.written(upTo);
                    dirty.values().removeIf(position -> position <= upTo);
                }
                default -> {
                    cache.remove(key);
                    dirty.remove(key);
                }
            }
            List<String> pinned = new ArrayList<>();
            cache.forEachDirty((k, v) -> pinned.add(k));
            assertEquals(dirty.keySet(), java.util.Set.copyOf(pinned), "seed " + seed);
            assertTrue(cache.bytes() <= 200 || cache.bytes() == cache.dirtyBytes());
        }
    }
}
