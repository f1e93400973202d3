package dev.sheaf.node.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

final class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    /// One that is set.
    private static final class SetClock extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void timeNeverGoesBack() {
        SetClock set = new SetClock();
        SteadyClock steady = new SteadyClock(set);
        assertEquals(NOON, steady.instant());
        set.now = NOON.minus(Duration.ofDays(3));
        assertEquals(NOON, steady.instant());
        set.now = NOON.plusNanos(1);
        assertEquals(NOON.plusNanos(1), steady.instant());
        set.now = NOON.minusNanos(1);
        assertEquals(NOON.plusNanos(1), steady.instant());
        set.now = NOON.plus(Duration.ofHours(1));
        assertEquals(set.now, steady.instant());
    }
}
