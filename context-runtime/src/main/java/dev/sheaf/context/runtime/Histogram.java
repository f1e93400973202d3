package dev.sheaf.context.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// Milliseconds in buckets that grow by a fifth, so that a quantile is right to within ten percent.
/// Two windows of a minute: quantiles look at both. For any thread; a few measurements may be lost
/// when the windows change.
final class Histogram {
    private static final int BUCKETS = 128;
    private static final double GROWTH = 1.2;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final long WINDOW_NANOS = 60_000_000_000L;

    private volatile AtomicLongArray current = new AtomicLongArray(BUCKETS);
    private volatile AtomicLongArray previous = new AtomicLongArray(BUCKETS);
    private volatile long turnsAtNanos = System.nanoTime() + WINDOW_NANOS;

    void record(long millis) {
        long now = System.nanoTime();
        if (now - turnsAtNanos >= 0) {
            turn(now);
        }
        current.incrementAndGet(bucket(millis));
    }

    private synchronized void turn(long now) {
        if (now - turnsAtNanos >= 0) {
            previous = current;
            current = new AtomicLongArray(BUCKETS);
            turnsAtNanos = now + WINDOW_NANOS;
        }
    }

    private static int bucket(long millis) {
        return millis <= 0 ? 0 : Math.min(BUCKETS - 1, 1 + (int) (Math.log(millis) / LOG_GROWTH));
    }

    private static long upperMillis(int bucket) {
        return bucket == 0 ? 0 : Math.round(Math.pow(GROWTH, bucket));
    }

    ContextMetrics.Quantiles quantiles() {
        long[] counts = new long[BUCKETS];
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = current.get(i) + previous.get(i);
            total += counts[i];
        }
        return new ContextMetrics.Quantiles(
                total, at(counts, total, 0.50), at(counts, total, 0.95), at(counts, total, 0.99));
    }

    private static Duration at(long[] counts, long total, double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Duration.ofMillis(upperMillis(i));
            }
        }
        return Duration.ZERO;
    }
}
