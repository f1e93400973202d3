package dev.sheaf.node.tracing;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Spans as OTLP has them in JSON: ids in hexadecimal digits, 64-bit numbers as text (OpenTelemetry
/// Protocol 1.x, JSON Protobuf encoding).
final class OtlpJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SCOPE = "dev.sheaf.node";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int ERROR = 2;

    private OtlpJson() {}

    /// A request of an export.
    ///
    /// @param resource what the spans' node is
    static byte[] request(Map<String, String> resource, List<EndedSpan> spans) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode all = root.putArray("resourceSpans").addObject();
        ArrayNode facts = all.putObject("resource").putArray("attributes");
        resource.forEach((name, value) -> attribute(facts, name, value));
        ObjectNode scoped = all.putArray("scopeSpans").addObject();
        scoped.putObject("scope").put("name", SCOPE);
        ArrayNode list = scoped.putArray("spans");
        spans.forEach(span -> add(list.addObject(), span));
        return JSON.writeValueAsBytes(root);
    }

    private static void add(ObjectNode json, EndedSpan span) {
        json.put("traceId", span.context().traceId());
        json.put("spanId", span.context().spanId());
        span.parentId().ifPresent(parent -> json.put("parentSpanId", parent));
        json.put("name", span.name());
        json.put("kind", kind(span.kind()));
        json.put("startTimeUnixNano", nanos(span.begin()));
        json.put("endTimeUnixNano", nanos(span.end()));
        ArrayNode attributes = json.putArray("attributes");
        span.attributes().forEach((name, value) -> attribute(attributes, name, value));
        span.problem()
                .ifPresent(code -> {
                    attribute(attributes, "error.type", code);
                    json.putObject("status").put("code", ERROR).put("message", code);
                });
    }

    private static int kind(Span.Kind kind) {
        return switch (kind) {
            case INTERNAL -> 1;
            case SERVER -> 2;
            case CLIENT -> 3;
        };
    }

    private static String nanos(Instant instant) {
        return Long.toString(
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND),
                        instant.getNano()));
    }

    private static void attribute(ArrayNode attributes, String name, Object value) {
        ObjectNode json = attributes.addObject();
        json.put("key", name);
        ObjectNode held = json.putObject("value");
        if (value instanceof Long number) {
            held.put("intValue", Long.toString(number));
        } else {
            held.put("stringValue", value.toString());
        }
    }
}
