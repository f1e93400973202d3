package dev.sheaf.context.codec;

import dev.sheaf.context.json.KeyNames;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads events from JSON, one after another or in an array, bare or as CloudEvents (structured
/// mode), `spec/context.md` section 2. One parser over the whole input.
///
/// An event that is well-formed JSON but no event is refused alone, the others go on; where the
/// text is no JSON, everything from there on is refused. Not safe for threads.
public final class EventJsonReader {
    /// Gets what was read, in order.
    public interface Receiver {
        /// @param index from 0
        void event(int index, IncomingEvent event);

        void refused(int index, Problem problem);
    }

    private static final int SHOWN_CHARACTERS_MAX = 80;

    /// The JSON around the document's own levels: event, payload, operations, operation,
    /// CloudEvent.
    private static final int ENVELOPE_DEPTH = 8;

    private final JsonFactory factory;

    /// @param depthMax how deep a value may be nested
    public EventJsonReader(int depthMax) {
        this.factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(depthMax + ENVELOPE_DEPTH)
                                        .maxStringLength(64 << 20)
                                        .maxNumberLength(1_000)
                                        .build())
                        .build();
    }

    /// @return how many events there were, good and bad
    public int read(byte[] json, int offset, int length, Receiver receiver) {
        int index = 0;
        try (JsonParser in =
                factory.createParser(ObjectReadContext.empty(), json, offset, length)) {
            boolean inArray = false;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.START_ARRAY && !inArray && index == 0) {
                    inArray = true;
                } else if (token == JsonToken.END_ARRAY && inArray) {
                    inArray = false;
                } else {
                    // Counted once it has an answer: what breaks off inside gets it below.
                    one(in, token, index, receiver);
                    index++;
                }
            }
        } catch (JacksonException e) {
            receiver.refused(index++, notJson(e));
        }
        return index;
    }

    /// One value of any kind, as a tree with canonical numbers.
    ///
    /// @throws Problem BAD_REQUEST when it is not JSON
    public JsonNode value(byte[] json) {
        try (JsonParser in =
                factory.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
            if (in.nextToken() == null) {
                throw new Problem(ProblemCode.BAD_REQUEST, "there is no JSON value");
            }
            JsonNode value = tree(in);
            if (in.nextToken() != null) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST, "there is more than one JSON value; write one");
            }
            return value;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    private static void one(JsonParser in, JsonToken token, int index, Receiver receiver) {
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            receiver.refused(
                    index,
                    new Problem(
                            ProblemCode.BAD_REQUEST,
                            "an event is a JSON object; this is " + token));
            return;
        }
        EventParts parts = new EventParts();
        readEvent(in, parts);
        try {
            receiver.event(index, parts.event());
        } catch (Problem problem) {
            receiver.refused(index, problem);
        }
    }

    /// Reads to the end of the object, whatever it holds, so that the next event can be read.
    private static void readEvent(JsonParser in, EventParts parts) {
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            switch (name) {
                case "eventId" -> parts.eventId = text(in, name, token, parts);
                case "timestamp" -> parts.timestamp = text(in, name, token, parts);
                case "version" -> parts.version = text(in, name, token, parts);
                case "contextId" -> parts.documentId = text(in, name, token, parts);
                case "contextType" -> parts.type = text(in, name, token, parts);
                case "cloudRegion" -> parts.cloudRegion = text(in, name, token, parts);
                case "eventType" -> parts.kind = text(in, name, token, parts);
                case "payload" -> readPayload(in, token, parts);
                case "metadata" -> readMetadata(in, token, parts);
                case "specversion" -> parts.cloudEvent = true;
                case "data" -> readData(in, token, parts);
                default -> in.skipChildren();
            }
        }
    }

    private static void readData(JsonParser in, JsonToken token, EventParts parts) {
        if (token == JsonToken.START_OBJECT) {
            readEvent(in, parts);
        } else {
            in.skipChildren();
            parts.fault("data", "is not an object");
        }
    }

    private static void readPayload(JsonParser in, JsonToken token, EventParts parts) {
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            parts.fault("payload", "is not an object");
            return;
        }
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            switch (name) {
                case "operations" -> readOperations(in, value, parts);
                case "state" -> parts.state = Optional.of(tree(in));
                default -> in.skipChildren();
            }
        }
    }

    private static void readOperations(JsonParser in, JsonToken token, EventParts parts) {
        if (token != JsonToken.START_ARRAY) {
            in.skipChildren();
            parts.fault("payload.operations", "is not an array");
            return;
        }
        List<PatchOperation> operations = new ArrayList<>(2);
        for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
            if (next == JsonToken.START_OBJECT) {
                readOperation(in, parts, operations);
            } else {
                in.skipChildren();
                parts.fault("payload.operations", "holds something that is not an object");
            }
        }
        parts.operations = Optional.of(operations);
    }

    private static void readOperation(
            JsonParser in, EventParts parts, List<PatchOperation> operations) {
        String type = "";
        String path = null;
        Optional<String> from = Optional.empty();
        Optional<JsonNode> value = Optional.empty();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            JsonToken token = in.nextToken();
            switch (name) {
                case "type", "op" -> type = text(in, name, token, parts);
                case "path" -> path = text(in, name, token, parts);
                case "from" -> from = Optional.of(text(in, name, token, parts));
                case "value" -> value = Optional.of(tree(in));
                default -> in.skipChildren();
            }
        }
        Optional<PatchOperation.Kind> kind = kind(type);
        if (kind.isEmpty()) {
            parts.fault(
                    "operation " + operations.size(),
                    "has the type '"
                            + shown(type)
                            + "'; there are add, remove, replace, move, copy, test, increment,"
                            + " append");
        } else if (path == null) {
            parts.fault("operation " + operations.size(), "has no path");
        } else {
            operations.add(new PatchOperation(kind.get(), path, from, value));
        }
    }

    private static Optional<PatchOperation.Kind> kind(String type) {
        return switch (type) {
            case "ADD", "add" -> Optional.of(PatchOperation.Kind.ADD);
            case "REPLACE", "replace" -> Optional.of(PatchOperation.Kind.REPLACE);
            case "REMOVE", "remove" -> Optional.of(PatchOperation.Kind.REMOVE);
            case "INCREMENT", "increment" -> Optional.of(PatchOperation.Kind.INCREMENT);
            case "APPEND", "append" -> Optional.of(PatchOperation.Kind.APPEND);
            case "MOVE", "move" -> Optional.of(PatchOperation.Kind.MOVE);
            case "COPY", "copy" -> Optional.of(PatchOperation.Kind.COPY);
            case "TEST", "test" -> Optional.of(PatchOperation.Kind.TEST);
            default -> {
                String upper = type.toUpperCase(Locale.ROOT);
                yield upper.equals(type) ? Optional.empty() : kind(upper);
            }
        };
    }

    private static void readMetadata(JsonParser in, JsonToken token, EventParts parts) {
        if (token != JsonToken.START_OBJECT) {
            in.skipChildren();
            parts.fault("metadata", "is not an object");
            return;
        }
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            switch (name) {
                case "priority" -> parts.priority = text(in, name, value, parts);
                case "compactionKey" -> parts.compactionKey = text(in, name, value, parts);
                case "ttl" -> parts.ttl = seconds(in, value, parts);
                default -> in.skipChildren();
            }
        }
    }

    private static long seconds(JsonParser in, JsonToken token, EventParts parts) {
        if (token == JsonToken.VALUE_NUMBER_INT
                && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return in.getLongValue();
        }
        in.skipChildren();
        parts.fault("metadata.ttl", "is not a whole number of seconds");
        return 0;
    }

    private static String text(JsonParser in, String name, JsonToken token, EventParts parts) {
        if (token == JsonToken.VALUE_STRING) {
            return in.getString();
        }
        in.skipChildren();
        parts.fault(name, "is not a string");
        return "";
    }

    /// The value that begins at the current token. Depth is the parser's to bound.
    private static JsonNode tree(JsonParser in) {
        JsonToken token = in.currentToken();
        return switch (token) {
            case VALUE_STRING -> StringNode.valueOf(in.getString());
            case VALUE_NUMBER_INT -> integer(in);
            case VALUE_NUMBER_FLOAT -> fraction(in);
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            case START_ARRAY -> array(in);
            case START_OBJECT -> object(in);
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("a value cannot begin with " + token);
        };
    }

    private static JsonNode integer(JsonParser in) {
        return switch (in.getNumberType()) {
            case INT -> JsonNodeFactory.instance.numberNode(in.getIntValue());
            case LONG -> JsonNodeFactory.instance.numberNode(in.getLongValue());
            default -> {
                BigInteger value = in.getBigIntegerValue();
                yield DecimalNode.valueOf(new BigDecimal(value));
            }
        };
    }

    private static JsonNode fraction(JsonParser in) {
        BigDecimal exact = in.getDecimalValue();
        double value = in.getDoubleValue();
        boolean holds =
                Double.isFinite(value)
                        && Math.rint(value) != value
                        && BigDecimal.valueOf(value).compareTo(exact) == 0;
        return holds ? DoubleNode.valueOf(value) : JsonNumbers.canonical(exact);
    }

    private static JsonNode array(JsonParser in) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(tree(in));
        }
        return array;
    }

    private static JsonNode object(JsonParser in) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = KeyNames.of(in.currentName());
            in.nextToken();
            object.set(name, tree(in));
        }
        return object;
    }

    private static Problem notJson(JacksonException e) {
        String where =
                e.getLocation() == null
                        ? ""
                        : " (line "
                                + e.getLocation().getLineNr()
                                + ", column "
                                + e.getLocation().getColumnNr()
                                + ")";
        return new Problem(
                ProblemCode.BAD_REQUEST, "this is not JSON: " + e.getOriginalMessage() + where, e);
    }

    static String shown(String text) {
        String start =
                text.length() > SHOWN_CHARACTERS_MAX
                        ? text.substring(0, SHOWN_CHARACTERS_MAX) + "…"
                        : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
