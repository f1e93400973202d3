package dev.sheaf.node.metrics;

import dev.sheaf.node.http.RequestMeter;
import dev.sheaf.node.http.Route;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// The node's measurements.
public final class NodeMetrics implements RequestMeter {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final List<Runnable> tables = new CopyOnWriteArrayList<>();

    public NodeMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    @Override
    public void record(Route route, int status, long nanos) {
        Timer.builder("sheaf.http.requests")
                .description(
                        "Requests by route and status, with the time until the end of the answer")
                .tag("method", route.method())
                .tag("route", route.path())
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /// A publish has ended.
    public void published(String outcome, long rowsPublished, long rowsQuarantined, Duration took) {
        Timer.builder("sheaf.publishes")
                .description("Publishes by outcome")
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
        rows("sheaf.rows.published", "Rows that became part of a release").increment(rowsPublished);
        rows("sheaf.rows.quarantined", "Rows that were set aside with a reason")
                .increment(rowsQuarantined);
    }

    /// A statement has ended.
    public void queried(String outcome, long rows, Duration took) {
        Timer.builder("sheaf.queries")
                .description("Statements by outcome")
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
        rows("sheaf.rows.read", "Rows that statements returned").increment(rows);
    }

    /// A value that is asked for whenever measurements are read.
    public <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        io.micrometer.core.instrument.Gauge.builder(name, source, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /// A growing count that is asked for whenever measurements are read.
    public <T> void count(String name, String description, T source, ToDoubleFunction<T> value) {
        io.micrometer.core.instrument.FunctionCounter.builder(name, source, value)
                .description(description)
                .register(registry);
    }

    /// One value of a table of measurements.
    ///
    /// @param tags names and values in turn
    public record Row(List<String> tags, double value) {
        public Row {
            tags = List.copyOf(tags);
        }
    }

    /// Values that come and go, asked for whenever measurements are read.
    public void table(String name, String description, Supplier<List<Row>> rows) {
        MultiGauge gauge = MultiGauge.builder(name).description(description).register(registry);
        tables.add(() ->
                gauge.register(
                        rows.get().stream()
                                .map(row ->
                                        MultiGauge.Row.of(
                                                Tags.of(row.tags().toArray(String[]::new)),
                                                row.value()))
                                .toList(),
                        true));
    }

    /// Prometheus' text format 0.0.4.
    public String text() {
        tables.forEach(Runnable::run);
        return registry.scrape();
    }

    private Counter rows(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
