package dev.sheaf.node.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;

/// How many spans were lost, as the SDK counts it itself: those that found its queue full
/// (`processedSpans` with `dropped`), and those that the collector did not take
/// (`otlp.exporter.exported` without `success`).
final class LostSpans implements MetricReader {
    private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");
    private static final AttributeKey<Boolean> SUCCESS = AttributeKey.booleanKey("success");

    private volatile CollectionRegistration metrics = CollectionRegistration.noop();

    @Override
    public void register(CollectionRegistration registration) {
        metrics = registration;
    }

    long count() {
        return metrics.collectAllMetrics().stream().mapToLong(LostSpans::lost).sum();
    }

    private static long lost(MetricData metric) {
        return switch (metric.getName()) {
            case "processedSpans" -> sum(metric, DROPPED, true);
            case "otlp.exporter.exported" -> sum(metric, SUCCESS, false);
            default -> 0;
        };
    }

    private static long sum(MetricData metric, AttributeKey<Boolean> key, boolean value) {
        return metric.getType() != MetricDataType.LONG_SUM
                ? 0
                : metric.getLongSumData().getPoints().stream()
                        .filter(point ->
                                Boolean.valueOf(value).equals(point.getAttributes().get(key)))
                        .mapToLong(LongPointData::getValue)
                        .sum();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }

    /// Nothing is sent anywhere.
    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    /// What was counted stays.
    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
