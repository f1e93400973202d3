package dev.sheaf.node.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Events that spans of other programs become.
final class SpanLineageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final SpanLineage LINEAGE = new SpanLineage("sheaf://acme");

    @Test
    void whatOneRequestReadAndWroteBelongsTogether() {
        List<SpanLineage.Found> events =
                LINEAGE.events(
                        """
                        {"resourceSpans": [{
                          "resource": {"attributes": [{"key": "service.name",
                              "value": {"stringValue": "scorer"}}]},
                          "scopeSpans": [{"spans": [
                            {"traceId": "%1$s", "spanId": "000000000000000b",
                             "parentSpanId": "000000000000000a", "name": "receive",
                             "endTimeUnixNano": "1767225600000000001", "attributes": [
                               {"key": "messaging.system", "value": {"stringValue": "kafka"}},
                               {"key": "messaging.destination.name",
                                "value": {"stringValue": "orders"}},
                               {"key": "messaging.operation.type",
                                "value": {"stringValue": "receive"}},
                               {"key": "server.address", "value": {"stringValue": "k1"}},
                               {"key": "server.port", "value": {"intValue": "9092"}}]},
                            {"traceId": "%1$s", "spanId": "000000000000000a", "name": "score",
                             "endTimeUnixNano": "1767225601000000000", "attributes": [
                               {"key": "openlineage.inputs", "value": {"arrayValue": {"values": [
                                  {"stringValue": "sales.orders"},
                                  {"stringValue": "s3://bucket raw/orders 1.csv"}]}}}]},
                            {"traceId": "%1$s", "spanId": "000000000000000c", "name": "insert",
                             "endTimeUnixNano": "1767225600500000000", "attributes": [
                               {"key": "db.system.name", "value": {"stringValue": "postgresql"}},
                               {"key": "db.namespace", "value": {"stringValue": "shop"}},
                               {"key": "db.collection.name", "value": {"stringValue": "scores"}},
                               {"key": "db.operation.name", "value": {"stringValue": "insert"}},
                               {"key": "server.address", "value": {"stringValue": "db"}}]}
                          ]}]}]}
                        """
                                .formatted(TRACE)
                                .getBytes(StandardCharsets.UTF_8),
                        true);
        assertEquals(1, events.size());
        JsonNode event = JSON.readTree(events.getFirst().event());
        assertEquals("4bf92f35-77b3-4da6-a3ce-929d0e0e4736", event.at("/run/runId").asString());
        assertEquals("scorer/score", event.at("/job/name").asString());
        assertEquals("2026-01-01T00:00:01Z", event.path("eventTime").asString());
        assertEquals(
                "[{\"namespace\":\"kafka://k1:9092\",\"name\":\"orders\"},"
                        + "{\"namespace\":\"sheaf://acme\",\"name\":\"sales.orders\"},"
                        + "{\"namespace\":\"s3://bucket\",\"name\":\"raw/orders 1.csv\"}]",
                event.path("inputs").toString());
        assertEquals(
                "[{\"namespace\":\"postgresql://db\",\"name\":\"shop.scores\"}]",
                event.path("outputs").toString());
    }

    @Test
    void protobufSaysTheSame() {
        Span span =
                Span.newBuilder()
                        .setTraceId(ByteString.fromHex(TRACE))
                        .setSpanId(ByteString.fromHex("000000000000000a"))
                        .setName("load")
                        .setEndTimeUnixNano(1_767_225_600_000_000_000L)
                        .addAttributes(
                                KeyValue.newBuilder()
                                        .setKey("openlineage.outputs")
                                        .setValue(
                                                AnyValue.newBuilder()
                                                        .setArrayValue(
                                                                ArrayValue.newBuilder()
                                                                        .addValues(
                                                                                text(
                                                                                        "sales.orders")))))
                        .build();
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        ResourceSpans.Builder resource = export.addResourceSpansBuilder();
        resource.getResourceBuilder()
                .addAttributes(
                        KeyValue.newBuilder().setKey("service.name").setValue(text("loader")));
        resource.addScopeSpansBuilder().addSpans(span).addSpans(span.toBuilder().setName("more"));
        List<SpanLineage.Found> events = LINEAGE.events(export.build().toByteArray(), false);
        assertEquals(2, events.getFirst().spans());
        JsonNode event = JSON.readTree(events.getFirst().event());
        assertEquals("loader/load", event.at("/job/name").asString());
        assertEquals("2026-01-01T00:00:00Z", event.path("eventTime").asString());
        assertEquals("sales.orders", event.at("/outputs/0/name").asString());
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    @Test
    void spansWithoutDatasetsBecomeNothing() {
        assertEquals(List.of(), LINEAGE.events("{}".getBytes(StandardCharsets.UTF_8), true));
        assertEquals(List.of(), LINEAGE.events(new byte[0], false));
        assertEquals(
                List.of(),
                LINEAGE.events(
                        ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
                                        + TRACE
                                        + "\",\"name\":\"x\"}]}]}]}")
                                .getBytes(StandardCharsets.UTF_8),
                        true));
    }

    @Test
    void garbageIsRefusedAsSuch() {
        assertEquals(
                ProblemCode.BAD_REQUEST,
                assertThrows(
                                Problem.class,
                                () ->
                                        LINEAGE.events(
                                                "{\"resource".getBytes(StandardCharsets.UTF_8),
                                                true))
                        .code());
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            for (boolean isJson : new boolean[] {true, false}) {
                try {
                    LINEAGE.events(bytes, isJson);
                } catch (Problem e) {
                    assertEquals(ProblemCode.BAD_REQUEST, e.code());
                }
            }
        }
    }
}
