package dev.sheaf.node.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.schemas.CompatibilityLevel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Waiting for what other regions say.
@Timeout(60)
final class SchemaCatalogTest {
    private static final RegionName HOME = RegionName.parse("aws/us-east-1");

    private final SchemaCatalog catalog = new SchemaCatalog();

    private void say(CompatibilityLevel level, long revision) {
        catalog.put(
                "type",
                HOME,
                revision,
                new SchemaEntry.Region(
                        List.of(new SchemaEntry.Claim(1, Instant.EPOCH)),
                        Optional.of(level),
                        Optional.empty()));
    }

    private boolean isLevel(CompatibilityLevel level) {
        return catalog.region(HOME).flatMap(SchemaEntry.Region::level).equals(Optional.of(level));
    }

    @Test
    void whoWaitsGoesOnWithTheChangeAndNotBefore() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        Thread waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        catalog.await(
                                () -> {
                                    asked.countDown();
                                    return isLevel(CompatibilityLevel.FULL);
                                },
                                Duration.ofMinutes(5));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        say(CompatibilityLevel.NONE, 1);
        while (asked.getCount() > 0) {
            say(CompatibilityLevel.NONE, 1);
            Thread.onSpinWait();
        }
        assertTrue(waiting.isAlive());
        say(CompatibilityLevel.FULL, 2);
        assertTrue(waiting.join(Duration.ofSeconds(30)));
    }

    @Test
    void whatNeverComesIsNotWaitedForLonger() throws InterruptedException {
        long began = System.nanoTime();
        catalog.await(() -> false, Duration.ofMillis(30));
        assertTrue(System.nanoTime() - began >= 30_000_000);
        assertFalse(isLevel(CompatibilityLevel.FULL));
        assertEquals(Optional.empty(), catalog.region(HOME));
    }
}
