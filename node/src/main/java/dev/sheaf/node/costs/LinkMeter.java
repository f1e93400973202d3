package dev.sheaf.node.costs;

import dev.sheaf.cost.TransferUse;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Meters what links have sent, from their counts. For any thread.
public final class LinkMeter implements AutoCloseable {
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(1);

    private final RegionName own;
    private final Supplier<Map<RegionName, Long>> sentBytes;
    private final Metering metering;
    private final Map<RegionName, Long> metered = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param sentBytes to each region, counted since the start; a count that is lower than before
    ///   began anew
    public LinkMeter(RegionName own, Supplier<Map<RegionName, Long>> sentBytes, Metering metering) {
        this.own = own;
        this.sentBytes = sentBytes;
        this.metering = metering;
    }

    public LinkMeter start() {
        Thread.ofVirtual().name("link-meter").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (!closing.await(LOOKED_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                meter();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void meter() {
        sentBytes
                .get()
                .forEach((peer, sent) -> {
                    long before = metered.getOrDefault(peer, 0L);
                    long more = sent >= before ? sent - before : sent;
                    metered.put(peer, sent);
                    if (more > 0) {
                        metering.record(
                                new TransferUse(
                                        TransferUse.Kind.CONTEXT,
                                        own,
                                        peer,
                                        Set.of(),
                                        Set.of(),
                                        "",
                                        more));
                    }
                });
    }

    @Override
    public void close() {
        closing.countDown();
        meter();
    }
}
