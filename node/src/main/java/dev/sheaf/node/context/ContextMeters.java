package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ContextMetrics;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.node.metrics.NodeMetrics;
import dev.sheaf.node.metrics.NodeMetrics.Row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The context engine's measurements, by region pair, class and type.
public final class ContextMeters {
    private ContextMeters() {}

    public static void register(NodeMetrics metrics, ContextRuntime runtime, String region) {
        ContextMetrics counts = runtime.metrics();
        metrics.count(
                "sheaf.context.events.written",
                "Events written in this region",
                counts,
                ContextMetrics::eventsWritten);
        metrics.count(
                "sheaf.context.events.merged",
                "Events of other regions merged here",
                counts,
                ContextMetrics::eventsMerged);
        metrics.count(
                "sheaf.context.events.duplicate",
                "Events that had been here before",
                counts,
                ContextMetrics::duplicates);
        metrics.count(
                "sheaf.context.events.absorbed",
                "Events that an erasure absorbed",
                counts,
                ContextMetrics::eventsAbsorbed);
        metrics.count(
                "sheaf.context.digest.mismatches",
                "Comparisons in which a peer showed other documents for the same events",
                counts,
                ContextMetrics::digestMismatches);
        metrics.table(
                "sheaf.context.lag.seconds",
                "Synchronisation lag of the last minutes, by wall clocks",
                () -> lags(counts, region));
        metrics.table(
                "sheaf.context.conflicts",
                "Conflicts since the start, by type, kind and regions",
                () -> conflicts(counts));
        metrics.table(
                "sheaf.context.bounds",
                "Reads whose staleness bound did not hold at once, by what was done",
                () -> bounds(counts));
        metrics.table(
                "sheaf.context.refused",
                "What peers sent and was not taken, by region and reason",
                () -> refusals(counts));
        link(
                metrics,
                runtime,
                "up",
                "Whether the link is up",
                link -> link.state().equals("up") ? 1 : 0);
        link(
                metrics,
                runtime,
                "staleness.seconds",
                "How old the knowledge of the region's writes can be",
                link -> link.staleness().map(ContextMeters::seconds).orElse(Double.NaN));
        link(metrics, runtime, "events.out", "Events sent", LinkStatus::eventsOut);
        link(metrics, runtime, "events.in", "Events received", LinkStatus::eventsIn);
        link(metrics, runtime, "frames.out", "Frames sent that had events", LinkStatus::framesOut);
        link(metrics, runtime, "bytes.out", "Bytes sent", LinkStatus::bytesOut);
        link(metrics, runtime, "bytes.in", "Bytes received", LinkStatus::bytesIn);
        link(
                metrics,
                runtime,
                "saved.bytes",
                "Bytes that JSON would have taken beyond what was sent",
                LinkStatus::savedBytes);
        link(
                metrics,
                runtime,
                "batch.events",
                "Events in a frame, on average",
                link -> link.framesOut() == 0 ? 0 : (double) link.eventsOut() / link.framesOut());
        link(
                metrics,
                runtime,
                "queued.bytes",
                "Bytes that wait for the link",
                LinkStatus::queuedBytes);
        metrics.table(
                "sheaf.link.held",
                "Residency scopes that policies hold back from the region",
                () ->
                        runtime.links().stream()
                                .flatMap(link ->
                                        link.held().stream()
                                                .map(held ->
                                                        new Row(
                                                                List.of(
                                                                        "peer",
                                                                        link.region(),
                                                                        "scope",
                                                                        held.scope()),
                                                                1)))
                                .toList());
    }

    private static void link(
            NodeMetrics metrics,
            ContextRuntime runtime,
            String name,
            String description,
            ToDoubleFunction<LinkStatus> value) {
        metrics.table(
                "sheaf.link." + name,
                description,
                () ->
                        runtime.links().stream()
                                .map(link ->
                                        new Row(
                                                List.of("peer", link.region()),
                                                value.applyAsDouble(link)))
                                .toList());
    }

    private static List<Row> lags(ContextMetrics counts, String region) {
        List<Row> rows = new ArrayList<>();
        counts.forEachLag((key, quantiles) -> {
            rows.add(lag(key, region, "0.5", quantiles.p50()));
            rows.add(lag(key, region, "0.95", quantiles.p95()));
            rows.add(lag(key, region, "0.99", quantiles.p99()));
        });
        return rows;
    }

    private static Row lag(
            ContextMetrics.LagKey key, String region, String quantile, Duration value) {
        return new Row(
                List.of(
                        "from",
                        key.from().toString(),
                        "to",
                        region,
                        "class",
                        key.lane().name().toLowerCase(Locale.ROOT),
                        "quantile",
                        quantile),
                seconds(value));
    }

    private static List<Row> conflicts(ContextMetrics counts) {
        List<Row> rows = new ArrayList<>();
        counts.forEachConflict((key, count) ->
                rows.add(
                        new Row(
                                List.of(
                                        "type",
                                        key.type(),
                                        "kind",
                                        key.kind(),
                                        "regions",
                                        key.regions()),
                                count)));
        return rows;
    }

    private static List<Row> bounds(ContextMetrics counts) {
        List<Row> rows = new ArrayList<>();
        counts.forEachBound((key, count) ->
                rows.add(
                        new Row(
                                List.of(
                                        "class",
                                        key.lane().name().toLowerCase(Locale.ROOT),
                                        "action",
                                        key.action().name().toLowerCase(Locale.ROOT)),
                                count)));
        return rows;
    }

    private static List<Row> refusals(ContextMetrics counts) {
        List<Row> rows = new ArrayList<>();
        counts.forEachRefusal((key, count) -> {
            int space = key.indexOf(' ');
            rows.add(
                    new Row(
                            List.of(
                                    "peer",
                                    key.substring(0, space),
                                    "reason",
                                    key.substring(space + 1)),
                            count));
        });
        return rows;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
