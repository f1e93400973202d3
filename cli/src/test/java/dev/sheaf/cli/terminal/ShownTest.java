package dev.sheaf.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

final class ShownTest {
    @Test
    void durationsHaveTheirTwoLargestUnits() {
        assertEquals("420 ms", Shown.duration(Duration.ofMillis(420)));
        assertEquals("4.2 s", Shown.duration(Duration.ofMillis(4200)));
        assertEquals("12 min 5 s", Shown.duration(Duration.ofSeconds(725)));
        assertEquals("3 h 0 min", Shown.duration(Duration.ofHours(3)));
        assertEquals("2 d 1 h", Shown.duration(Duration.ofHours(49)));
    }

    @Test
    void nothingIsRoundedUpToPerfection() {
        assertEquals("99.9 %", Shown.percent(0.99999));
        assertEquals("100.0 %", Shown.percent(1));
        assertEquals("0.9999", Shown.score(0.99999));
    }

    @Test
    void instantsAreInUtc() {
        assertEquals(
                "2026-11-20 09:30:00Z", Shown.instant(Instant.parse("2026-11-20T09:30:00.5Z")));
    }
}
