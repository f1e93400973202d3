package dev.sheaf.governance.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Random;

final class InstantTextTest {
    @Test
    void instantsAreWrittenAsTheLibraryWritesThem() {
        Random random = new Random(7);
        int[] fractions = {0, 1, 1_000, 10_000_000, 999_999_999, 123_456_000, 500_000_000};
        for (int i = 0; i < 10_000; i++) {
            long second =
                    i % 3 == 0
                            ? 1_795_165_200L
                            : random.nextLong(-70_000_000_000L, 400_000_000_000L);
            Instant instant = Instant.ofEpochSecond(second, fractions[i % fractions.length]);
            assertEquals(instant.toString(), InstantText.of(instant));
        }
    }
}
