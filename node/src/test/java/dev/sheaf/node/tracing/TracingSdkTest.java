package dev.sheaf.node.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.SpanCollector;

import io.opentelemetry.api.trace.SpanKind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What OpenTelemetry's settings do to a node. They are given as properties of the process here,
/// which the SDK takes for the variables of the same names.
@Timeout(60)
final class TracingSdkTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0";

    private final SpanCollector collector;
    private final List<String> set = new ArrayList<>();

    TracingSdkTest() throws IOException {
        collector = new SpanCollector();
    }

    @AfterEach
    void end() {
        set.forEach(System::clearProperty);
        collector.close();
    }

    @Test
    void nothingIsRecordedUnlessACollectorIsNamed() {
        assertFalse(isRecorded(Optional.empty()));
        Optional<String> address = Optional.of(collector.address());
        assertTrue(isRecorded(address));
        set("otel.sdk.disabled", "true");
        assertFalse(isRecorded(address));
        set("otel.sdk.disabled", "false");
        set("otel.traces.exporter", "none");
        assertFalse(isRecorded(address));
    }

    private static boolean isRecorded(Optional<String> endpoint) {
        try (Tracing tracing = open(endpoint);
                Span span = tracing.tracer().begin("work", SpanKind.SERVER, Optional.empty())) {
            return span.isRecorded() && tracing.tracer().isRecording();
        }
    }

    @Test
    void theVariablesGoBeforeTheConfiguration() {
        set("otel.exporter.otlp.endpoint", collector.address());
        set("otel.exporter.otlp.headers", "api-key=se%2Ccret");
        set("otel.exporter.otlp.compression", "gzip");
        set("otel.service.name", "shop");
        set("otel.resource.attributes", "cloud.region=elsewhere,team=mesh");
        try (Tracing tracing = open(Optional.of("http://127.0.0.1:1"))) {
            tracing.tracer().begin("work", SpanKind.SERVER, Optional.empty()).close();
        }
        // Closing sends what waits.
        assertEquals(List.of("work"), collector.names());
        assertEquals("se,cret", collector.header("Api-key"));
        assertEquals(
                Map.of(
                        "service.name", "shop",
                        "service.version", "1",
                        "service.instance.id", "aws/a",
                        "cloud.region", "elsewhere",
                        "team", "mesh"),
                withoutSdk(collector.resource()));
    }

    private static Map<String, String> withoutSdk(Map<String, String> resource) {
        resource.keySet().removeIf(name -> name.startsWith("telemetry.sdk."));
        return resource;
    }

    @Test
    void aCallersDecisionCountsBeforeTheNodesShare() {
        set("otel.traces.sampler", "parentbased_traceidratio");
        set("otel.traces.sampler.arg", "0");
        try (Tracing tracing = open(Optional.of(collector.address()))) {
            Tracer tracer = tracing.tracer();
            tracer.begin("ours", SpanKind.SERVER, Optional.empty()).close();
            tracer.begin("theirs", SpanKind.SERVER, Optional.of(PARENT + "1")).close();
            Span unrecorded =
                    tracer.begin("not theirs", SpanKind.SERVER, Optional.of(PARENT + "0"));
            assertTrue(unrecorded.header().startsWith(PARENT.substring(0, 36)));
            assertTrue(unrecorded.header().endsWith("-00"));
        }
        assertEquals(List.of("theirs"), collector.names());
        assertEquals("sheaf", collector.resource().get("service.name"));
    }

    @Test
    void whatCannotBeIsRefusedWithoutSecrets() {
        for (Map.Entry<String, String> each :
                Map.of(
                                "otel.exporter.otlp.endpoint", "collector:4318",
                                "otel.exporter.otlp.protocol", "grpc",
                                "otel.exporter.otlp.headers", "hush",
                                "otel.traces.sampler", "jaeger_remote_of_ours",
                                "otel.traces.exporter", "carrier-pigeon")
                        .entrySet()) {
            set(each.getKey(), each.getValue());
            Problem told =
                    assertThrows(
                            Problem.class,
                            () -> open(Optional.of("http://127.0.0.1:4318")),
                            each.getKey());
            assertEquals(ProblemCode.INVALID_CONFIGURATION, told.code());
            assertFalse(told.message().contains("hush"), told.message());
            assertTrue(told.message().contains("http/protobuf"), told.message());
            System.clearProperty(each.getKey());
        }
        Problem told =
                assertThrows(
                        Problem.class, () -> open(Optional.of("http://me:hush@127.0.0.1:4318")));
        assertFalse(told.message().contains("hush"), told.message());
        assertTrue(told.message().contains("OTEL_EXPORTER_OTLP_HEADERS"), told.message());
    }

    @Test
    void whatTheCollectorDoesNotTakeIsCounted() {
        collector.refuse();
        Tracing tracing = open(Optional.of(collector.address()));
        assertEquals(0, tracing.lost());
        for (int i = 0; i < 3; i++) {
            tracing.tracer().begin("work", SpanKind.SERVER, Optional.empty()).close();
        }
        tracing.close();
        assertEquals(3, tracing.lost());
    }

    @Test
    void whoEndsASpanNeverWaits() {
        set("otel.bsp.max.queue.size", "10");
        set("otel.bsp.max.export.batch.size", "10");
        collector.hold();
        Tracing tracing = open(Optional.of(collector.address()));
        for (int i = 0; i < 1000; i++) {
            tracing.tracer().begin("work", SpanKind.SERVER, Optional.empty()).close();
        }
        assertTrue(tracing.lost() > 900, () -> tracing.lost() + " are lost");
        long began = System.nanoTime();
        tracing.close();
        assertTrue(System.nanoTime() - began < 5_000_000_000L, "closing waits for a moment only");
    }

    private void set(String property, String value) {
        System.setProperty(property, value);
        set.add(property);
    }

    private static Tracing open(Optional<String> endpoint) {
        return Tracing.open(endpoint, "aws/a", "1");
    }
}
