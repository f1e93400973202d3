package dev.sheaf.node.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Where spans go, by configuration and environment.
final class TracingSettingsTest {
    private static final Map<String, String> OWN = Map.of("service.name", "sheaf");

    @Test
    void nothingGoesAnywhereUnlessThatIsSaid() {
        assertEquals(Optional.empty(), of(Optional.empty(), Map.of()));
        assertEquals(
                Optional.empty(),
                of(Optional.of("http://c:4318"), Map.of("OTEL_SDK_DISABLED", "true")));
        assertEquals(
                Optional.empty(),
                of(Optional.of("http://c:4318"), Map.of("OTEL_TRACES_EXPORTER", "none")));
    }

    @Test
    void theEnvironmentGoesBeforeTheConfiguration() {
        assertEquals(
                URI.create("http://c:4318/v1/traces"),
                of(Optional.of("http://c:4318/"), Map.of()).orElseThrow().endpoint());
        assertEquals(
                URI.create("https://d/otlp/v1/traces"),
                of(
                                Optional.of("http://c:4318"),
                                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://d/otlp"))
                        .orElseThrow()
                        .endpoint());
        assertEquals(
                URI.create("https://e/spans"),
                of(
                                Optional.empty(),
                                Map.of(
                                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                                        "https://d",
                                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                                        "https://e/spans"))
                        .orElseThrow()
                        .endpoint());
    }

    @Test
    void headersAndNamesAreTakenAndNotShown() {
        TracingSettings settings =
                of(
                                Optional.of("http://c:4318"),
                                Map.of(
                                        "OTEL_EXPORTER_OTLP_HEADERS",
                                        "api-key=se%2Ccret, x = y+z",
                                        "OTEL_SERVICE_NAME",
                                        "shop",
                                        "OTEL_TRACES_SAMPLER",
                                        "parentbased_traceidratio",
                                        "OTEL_TRACES_SAMPLER_ARG",
                                        "0.25"))
                        .orElseThrow();
        assertEquals(Map.of("api-key", "se,cret", "x", "y+z"), settings.headers());
        assertEquals("shop", settings.resource().get("service.name"));
        assertEquals(0.25, settings.share());
        assertFalse(settings.toString().contains("cret"));
    }

    @Test
    void whatCannotBeIsRefusedWithTheWayOut() {
        for (Map<String, String> variables :
                java.util.List.of(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "not an address"),
                        Map.of("OTEL_TRACES_SAMPLER", "jaeger_remote"),
                        Map.of(
                                "OTEL_TRACES_SAMPLER",
                                "traceidratio",
                                "OTEL_TRACES_SAMPLER_ARG",
                                "2"))) {
            Problem told =
                    assertThrows(Problem.class, () -> of(Optional.of("http://c:4318"), variables));
            assertEquals(ProblemCode.INVALID_CONFIGURATION, told.code());
        }
    }

    private static Optional<TracingSettings> of(
            Optional<String> configured, Map<String, String> variables) {
        return TracingSettings.of(configured, variables, OWN);
    }
}
