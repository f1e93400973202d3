package dev.sheaf.context.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SeenEventsTest {
    private static final int CAPACITY = 1000;

    @Test
    void anEventKeepsTheDotItWasFirstSeenWith() {
        SeenEvents seen = new SeenEvents(CAPACITY);
        seen.put(key(1), 7);
        seen.put(key(1), 8);
        assertEquals(7, seen.get(key(1)));
        assertEquals(0, seen.get(key(2)));
    }

    @Test
    void theLastOnesAreKnownAndThoseOfTwoGenerationsAgoForgotten() {
        SeenEvents seen = new SeenEvents(CAPACITY);
        for (int number = 1; number <= 10 * CAPACITY + 1; number++) {
            seen.put(key(number), number);
            int oldestSure = Math.max(1, number - CAPACITY + 1);
            assertEquals(number, seen.get(key(number)));
            assertEquals(oldestSure, seen.get(key(oldestSure)));
        }
        for (int number = 1; number <= 9 * CAPACITY; number++) {
            assertEquals(0, seen.get(key(number)), "event " + number);
        }
        for (int number = 9 * CAPACITY + 1; number <= 10 * CAPACITY + 1; number++) {
            assertEquals(number, seen.get(key(number)), "event " + number);
        }
    }

    private static SeenEvents.Key key(int number) {
        return SeenEvents.Key.of(new DocumentKey("shop.cart", "cart-1"), "event-" + number);
    }
}
