package dev.sheaf.node.tracing;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A node's tracer, and what sends its spans away. Closing it sends what waits.
public final class Tracing implements AutoCloseable {
    private final Tracer tracer;
    private final Optional<SpanExporter> exporter;

    private Tracing(Tracer tracer, Optional<SpanExporter> exporter) {
        this.tracer = tracer;
        this.exporter = exporter;
    }

    /// Exports when the configuration or OpenTelemetry's variables say where to.
    ///
    /// @param endpoint of the configuration
    /// @param variables of the environment
    /// @param region that the node serves
    /// @param version of Sheaf
    /// @throws dev.sheaf.kernel.Problem INVALID_CONFIGURATION
    public static Tracing open(
            Optional<String> endpoint,
            Map<String, String> variables,
            String region,
            String version,
            Clock clock) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("service.name", "sheaf");
        own.put("service.version", version);
        own.put("service.instance.id", region);
        own.put("cloud.region", region);
        Optional<TracingSettings> settings = TracingSettings.of(endpoint, variables, own);
        if (settings.isEmpty()) {
            return new Tracing(Tracer.NONE, Optional.empty());
        }
        SpanExporter exporter = new SpanExporter(settings.get()).start();
        return new Tracing(
                new Tracer(Optional.of(exporter), settings.get().share(), clock),
                Optional.of(exporter));
    }

    public Tracer tracer() {
        return tracer;
    }

    /// Spans that no collector has got.
    public long lost() {
        return exporter.map(SpanExporter::lost).orElse(0L);
    }

    @Override
    public void close() {
        exporter.ifPresent(SpanExporter::close);
    }
}
