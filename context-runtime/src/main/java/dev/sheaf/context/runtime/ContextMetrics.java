package dev.sheaf.context.runtime;

import dev.sheaf.context.Lane;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/// What the runtime counts and measures. For any thread.
public final class ContextMetrics {
    /// What was done about a read whose bound did not hold at once.
    public enum BoundAction {
        WAITED,
        REFUSED
    }

    /// Synchronisation lag from one region, of one class.
    public record LagKey(RegionName from, Lane lane) {}

    /// Conflicts of one type, met between two regions.
    public record ConflictKey(String type, String kind, String regions) {}

    /// Reads of a class and what became of them.
    public record BoundKey(Lane lane, BoundAction action) {}

    private final Map<LagKey, Histogram> lags = new ConcurrentHashMap<>();
    private final Map<ConflictKey, LongAdder> conflicts = new ConcurrentHashMap<>();
    private final Map<BoundKey, LongAdder> bounds = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder merged = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder absorbed = new LongAdder();
    private final LongAdder digestMismatches = new LongAdder();

    void lag(RegionName from, Lane lane, long millis) {
        lags.computeIfAbsent(new LagKey(from, lane), key -> new Histogram())
                .record(Math.max(0, millis));
    }

    void conflict(String type, String kind, String regions) {
        conflicts
                .computeIfAbsent(new ConflictKey(type, kind, regions), key -> new LongAdder())
                .increment();
    }

    void bound(Lane lane, BoundAction action) {
        bounds.computeIfAbsent(new BoundKey(lane, action), key -> new LongAdder()).increment();
    }

    void refused(RegionName from, String why) {
        refusals.computeIfAbsent(from + " " + why, key -> new LongAdder()).increment();
    }

    void written() {
        written.increment();
    }

    void merged() {
        merged.increment();
    }

    void duplicate() {
        duplicates.increment();
    }

    void absorbed() {
        absorbed.increment();
    }

    void digestMismatch() {
        digestMismatches.increment();
    }

    /// Lag is measured by wall clocks: the receiver's when it merged, the origin's when it wrote.
    public void forEachLag(BiConsumer<LagKey, Quantiles> receiver) {
        lags.forEach((key, histogram) -> receiver.accept(key, histogram.quantiles()));
    }

    /// Milliseconds, of all that was measured in the last one to two minutes.
    public record Quantiles(long count, Duration p50, Duration p95, Duration p99) {}

    public void forEachConflict(BiConsumer<ConflictKey, Long> receiver) {
        conflicts.forEach((key, count) -> receiver.accept(key, count.sum()));
    }

    public void forEachBound(BiConsumer<BoundKey, Long> receiver) {
        bounds.forEach((key, count) -> receiver.accept(key, count.sum()));
    }

    /// By region and reason.
    public void forEachRefusal(BiConsumer<String, Long> receiver) {
        refusals.forEach((key, count) -> receiver.accept(key, count.sum()));
    }

    /// Events written here.
    public long eventsWritten() {
        return written.sum();
    }

    /// Events of other regions merged here.
    public long eventsMerged() {
        return merged.sum();
    }

    public long duplicates() {
        return duplicates.sum();
    }

    /// Events that an erasure absorbed.
    public long eventsAbsorbed() {
        return absorbed.sum();
    }

    public long digestMismatches() {
        return digestMismatches.sum();
    }
}
