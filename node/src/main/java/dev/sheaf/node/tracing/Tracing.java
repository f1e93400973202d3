package dev.sheaf.node.tracing;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A node's tracer, and OpenTelemetry's SDK behind it where a collector is named. What its
/// variables (`OTEL_…`) say is the SDK's business; here stands what Sheaf takes when they say
/// nothing. Closing it sends what waits, for a moment at most.
public final class Tracing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String TRACES_ENDPOINT = "otel.exporter.otlp.traces.endpoint";
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final Pattern USER = Pattern.compile("//[^/]*@");
    private static final long END_SECONDS_MAX = 3;

    private final Tracer tracer;
    private final Optional<OpenTelemetrySdk> sdk;
    private final LostSpans lost;

    private Tracing(Tracer tracer, Optional<OpenTelemetrySdk> sdk, LostSpans lost) {
        this.tracer = tracer;
        this.sdk = sdk;
        this.lost = lost;
    }

    /// Exports when the configuration or OpenTelemetry's variables say where to; the variables go
    /// first. Otherwise nothing of the SDK is loaded.
    ///
    /// @param endpoint of the configuration
    /// @param region that the node serves
    /// @param version of Sheaf
    /// @throws Problem INVALID_CONFIGURATION
    public static Tracing open(Optional<String> endpoint, String region, String version) {
        Optional<String> collector =
                variable(TRACES_ENDPOINT).or(() -> variable(ENDPOINT)).or(() -> endpoint);
        LostSpans lost = new LostSpans();
        if (collector.isEmpty()
                || variable("otel.sdk.disabled").orElse("").equalsIgnoreCase("true")
                || variable("otel.traces.exporter").orElse("").equals("none")) {
            return new Tracing(Tracer.NONE, Optional.empty(), lost);
        }
        requireNoUser(collector.get());
        OpenTelemetrySdk sdk = sdk(endpoint, own(region, version), lost);
        LOG.info("spans are exported to {}", collector.get());
        return new Tracing(new Tracer(sdk.getTracerProvider(), true), Optional.of(sdk), lost);
    }

    private static OpenTelemetrySdk sdk(Optional<String> endpoint, Resource own, LostSpans lost) {
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> defaults(endpoint))
                    // The node's metrics are scraped, its log is a file.
                    .addPropertiesCustomizer(_ ->
                            Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
                    .addResourceCustomizer((told, _) -> named(own, told))
                    .addMeterProviderCustomizer((meters, _) -> meters.registerMetricReader(lost))
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
            throw refused(e);
        }
    }

    private static Map<String, String> defaults(Optional<String> endpoint) {
        Map<String, String> defaults = new HashMap<>();
        endpoint.ifPresent(address -> defaults.put(ENDPOINT, address));
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        defaults.put("otel.span.attribute.value.length.limit", "512");
        defaults.put("otel.bsp.schedule.delay", "1000");
        // A cloud's library brings a provider that asks the machine's metadata service.
        defaults.put(
                "otel.java.enabled.resource.providers",
                "io.opentelemetry.sdk.autoconfigure.EnvironmentResourceProvider");
        return defaults;
    }

    /// Addresses are logged, by the SDK too.
    private static void requireNoUser(String address) {
        if (USER.matcher(address).find()) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the collector's address names a user or password, which is not shown: leave"
                            + " them out, and give OTEL_EXPORTER_OTLP_HEADERS what the collector"
                            + " wants to see");
        }
    }

    /// What the SDK says, but for what stands behind a name: headers may be secrets.
    private static Problem refused(RuntimeException e) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "spans cannot be exported: "
                        + String.valueOf(e.getMessage()).replaceFirst("=.*", "")
                        + ". Write http://host:4318 for tracing.endpoint or"
                        + " OTEL_EXPORTER_OTLP_ENDPOINT; the protocol is http/protobuf");
    }

    private static Resource own(String region, String version) {
        ResourceBuilder own = Resource.builder();
        own.put(SERVICE, "sheaf");
        own.put("service.version", version);
        own.put("service.instance.id", region);
        own.put("cloud.region", region);
        return own.build();
    }

    /// What the environment says goes first, but for the name that the SDK gives what has none.
    private static Resource named(Resource own, Resource told) {
        Resource all = own.merge(told);
        return String.valueOf(told.getAttribute(SERVICE)).startsWith("unknown_service")
                ? all.merge(Resource.builder().put(SERVICE, "sheaf").build())
                : all;
    }

    /// As the SDK finds it: a property of the process, or a variable of its environment.
    private static Optional<String> variable(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() ->
                        Optional.ofNullable(
                                System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_'))))
                .filter(text -> !text.isBlank());
    }

    public Tracer tracer() {
        return tracer;
    }

    /// Spans that no collector has got.
    public long lost() {
        return lost.count();
    }

    @Override
    public void close() {
        sdk.ifPresent(open -> open.shutdown().join(END_SECONDS_MAX, TimeUnit.SECONDS));
    }
}
