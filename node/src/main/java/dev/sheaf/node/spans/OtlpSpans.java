package dev.sheaf.node.spans;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Spans of an OTLP/HTTP export, in JSON or protobuf (OpenTelemetry Protocol 1.x, trace.proto).
/// What is not known of a message is passed over.
final class OtlpSpans {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SERVICE = "service.name";
    private static final List<String> NO_SERVICE = List.of("unknown_service");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private OtlpSpans() {}

    /// @throws Problem BAD_REQUEST for what is no export
    static List<ReceivedSpan> json(byte[] body) {
        try {
            return spans(JSON.readTree(body));
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    /// @throws Problem BAD_REQUEST for what is no export
    static List<ReceivedSpan> protobuf(byte[] body) {
        try {
            List<ReceivedSpan> spans = new ArrayList<>();
            for (ResourceSpans resource :
                    ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                List<String> service =
                        attributes(resource.getResource().getAttributesList())
                                .getOrDefault(SERVICE, NO_SERVICE);
                resource.getScopeSpansList()
                        .forEach(scope ->
                                scope.getSpansList()
                                        .forEach(
                                                span -> spans.add(span(service.getFirst(), span))));
            }
            return spans;
        } catch (InvalidProtocolBufferException e) {
            throw broken(e);
        }
    }

    private static Problem broken(Exception cause) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "this is no export of spans: send OTLP over HTTP, in application/json or"
                        + " application/x-protobuf",
                cause);
    }

    private static List<ReceivedSpan> spans(JsonNode root) {
        List<ReceivedSpan> spans = new ArrayList<>();
        for (JsonNode resource : root.path("resourceSpans")) {
            List<String> service =
                    attributes(resource.path("resource")).getOrDefault(SERVICE, NO_SERVICE);
            for (JsonNode scope : resource.path("scopeSpans")) {
                for (JsonNode span : scope.path("spans")) {
                    spans.add(span(service.getFirst(), span));
                }
            }
        }
        return spans;
    }

    private static ReceivedSpan span(String service, JsonNode span) {
        return new ReceivedSpan(
                service,
                span.path("traceId").asString(""),
                span.path("spanId").asString(""),
                span.path("parentSpanId").asString(""),
                span.path("name").asString(""),
                instant(unsigned(span.path("endTimeUnixNano").asString("0"))),
                attributes(span));
    }

    private static ReceivedSpan span(String service, Span span) {
        return new ReceivedSpan(
                service,
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getName(),
                instant(span.getEndTimeUnixNano()),
                attributes(span.getAttributesList()));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static long unsigned(String nanos) {
        try {
            return Long.parseUnsignedLong(nanos);
        } catch (NumberFormatException e) {
            throw broken(e);
        }
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Long.divideUnsigned(nanos, NANOS_PER_SECOND),
                Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
    }

    private static Map<String, List<String>> attributes(List<KeyValue> pairs) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (KeyValue pair : pairs) {
            List<String> values = new ArrayList<>();
            addValues(pair.getValue(), values);
            if (!values.isEmpty()) {
                attributes.put(pair.getKey(), List.copyOf(values));
            }
        }
        return attributes;
    }

    private static void addValues(AnyValue value, List<String> values) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> values.add(value.getStringValue());
            case BOOL_VALUE -> values.add(Boolean.toString(value.getBoolValue()));
            case INT_VALUE -> values.add(Long.toString(value.getIntValue()));
            case DOUBLE_VALUE -> values.add(Double.toString(value.getDoubleValue()));
            case ARRAY_VALUE ->
                    value.getArrayValue().getValuesList().forEach(each -> addValues(each, values));
            case KVLIST_VALUE, BYTES_VALUE, VALUE_NOT_SET -> {
                // no dataset is named by these
            }
        }
    }

    private static Map<String, List<String>> attributes(JsonNode owner) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (JsonNode attribute : owner.path("attributes")) {
            List<String> values = new ArrayList<>();
            addValues(attribute.path("value"), values);
            if (!values.isEmpty()) {
                attributes.put(attribute.path("key").asString(""), List.copyOf(values));
            }
        }
        return attributes;
    }

    private static void addValues(JsonNode value, List<String> values) {
        JsonNode array = value.path("arrayValue").path("values");
        if (array.isArray()) {
            array.forEach(each -> addValues(each, values));
        } else {
            for (String kind : List.of("stringValue", "intValue", "boolValue", "doubleValue")) {
                if (value.has(kind)) {
                    values.add(value.path(kind).asString(""));
                }
            }
        }
    }
}
