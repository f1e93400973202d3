package dev.sheaf.node.spans;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
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
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
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
            ObjectNode root = NODES.objectNode();
            ArrayNode resources = root.putArray("resourceSpans");
            for (UnknownFieldSet resource : messages(UnknownFieldSet.parseFrom(body), 1)) {
                resources.add(resource(resource));
            }
            return spans(root);
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
                    attributes(resource.path("resource"))
                            .getOrDefault("service.name", List.of("unknown_service"));
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
                instant(span.path("endTimeUnixNano").asString("0")),
                attributes(span));
    }

    private static Instant instant(String nanos) {
        try {
            long value = Long.parseUnsignedLong(nanos);
            return Instant.ofEpochSecond(
                    Long.divideUnsigned(value, NANOS_PER_SECOND),
                    Long.remainderUnsigned(value, NANOS_PER_SECOND));
        } catch (NumberFormatException | DateTimeException e) {
            throw broken(e);
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

    // The numbers below are those of trace.proto, common.proto and resource.proto.

    private static ObjectNode resource(UnknownFieldSet message)
            throws InvalidProtocolBufferException {
        ObjectNode json = NODES.objectNode();
        ArrayNode facts = json.putObject("resource").putArray("attributes");
        for (UnknownFieldSet resource : messages(message, 1)) {
            addAttributes(facts, resource, 1);
        }
        ArrayNode scopes = json.putArray("scopeSpans");
        for (UnknownFieldSet scope : messages(message, 2)) {
            ArrayNode spans = scopes.addObject().putArray("spans");
            for (UnknownFieldSet span : messages(scope, 2)) {
                spans.add(span(span));
            }
        }
        return json;
    }

    private static ObjectNode span(UnknownFieldSet message) throws InvalidProtocolBufferException {
        ObjectNode json = NODES.objectNode();
        json.put("traceId", hex(message, 1));
        json.put("spanId", hex(message, 2));
        json.put("parentSpanId", hex(message, 4));
        json.put("name", text(message, 5));
        List<Long> end = message.getField(8).getFixed64List();
        json.put("endTimeUnixNano", end.isEmpty() ? "0" : Long.toUnsignedString(end.getLast()));
        addAttributes(json.putArray("attributes"), message, 9);
        return json;
    }

    private static void addAttributes(ArrayNode facts, UnknownFieldSet owner, int field)
            throws InvalidProtocolBufferException {
        for (UnknownFieldSet pair : messages(owner, field)) {
            ObjectNode fact = facts.addObject();
            fact.put("key", text(pair, 1));
            ObjectNode value = fact.putObject("value");
            for (UnknownFieldSet any : messages(pair, 2)) {
                setValue(value, any);
            }
        }
    }

    private static void setValue(ObjectNode value, UnknownFieldSet any)
            throws InvalidProtocolBufferException {
        if (any.hasField(1)) {
            value.put("stringValue", text(any, 1));
        } else if (any.hasField(2)) {
            value.put("boolValue", any.getField(2).getVarintList().contains(1L));
        } else if (any.hasField(3)) {
            List<Long> numbers = any.getField(3).getVarintList();
            value.put("intValue", numbers.isEmpty() ? "0" : Long.toString(numbers.getLast()));
        } else if (any.hasField(5)) {
            ArrayNode values = value.putObject("arrayValue").putArray("values");
            for (UnknownFieldSet array : messages(any, 5)) {
                for (UnknownFieldSet each : messages(array, 1)) {
                    setValue(values.addObject(), each);
                }
            }
        }
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field)
            throws InvalidProtocolBufferException {
        List<UnknownFieldSet> found = new ArrayList<>();
        for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
            found.add(UnknownFieldSet.parseFrom(bytes));
        }
        return found;
    }

    private static String text(UnknownFieldSet message, int field) {
        List<ByteString> texts = message.getField(field).getLengthDelimitedList();
        return texts.isEmpty() ? "" : texts.getLast().toString(StandardCharsets.UTF_8);
    }

    private static String hex(UnknownFieldSet message, int field) {
        List<ByteString> ids = message.getField(field).getLengthDelimitedList();
        return ids.isEmpty() ? "" : HexFormat.of().formatHex(ids.getLast().toByteArray());
    }
}
