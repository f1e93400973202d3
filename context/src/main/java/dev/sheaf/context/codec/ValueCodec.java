package dev.sheaf.context.codec;

import dev.sheaf.context.document.RedactedValue;
import dev.sheaf.context.json.KeyNames;

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
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// JSON values as bytes, `spec/context.md` section 5.2. Keys are numbers of the batch's strings.
final class ValueCodec {
    private static final int NULL = 0x00;
    private static final int FALSE = 0x01;
    private static final int TRUE = 0x02;
    private static final int INTEGER = 0x03;
    private static final int DOUBLE = 0x04;
    private static final int DECIMAL = 0x05;
    private static final int STRING = 0x06;
    private static final int ARRAY = 0x07;
    private static final int OBJECT = 0x08;
    private static final int REDACTED = 0x09;
    private static final int SMALL_INTEGER = 0x40;
    private static final int SMALL_INTEGER_MAX = 0x3f;
    private static final int SHORT_STRING = 0x80;
    private static final int SHORT_STRING_BYTES_MAX = 0x7f;
    private static final int DECIMAL_CHARACTERS_MAX = 2_000;

    /// Beyond this a value cannot have come from a node that keeps the limits.
    private static final int DEPTH_MAX = 1_000;

    /// Room is not made for more members before they are there.
    private static final int MEMBERS_EXPECTED_MAX = 1_024;

    private ValueCodec() {}

    static void write(ByteWriter out, JsonNode value, StringTable strings) {
        if (value.isString()) {
            writeString(out, value.stringValue());
        } else if (value.isNumber()) {
            writeNumber(out, JsonNumbers.canonical(value));
        } else if (value.isObject()) {
            out.u8(OBJECT);
            out.varint(value.size());
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                out.varint(strings.indexOf(member.getKey()));
                write(out, member.getValue(), strings);
            }
        } else if (value.isArray()) {
            out.u8(ARRAY);
            out.varint(value.size());
            for (JsonNode element : value) {
                write(out, element, strings);
            }
        } else if (value.isBoolean()) {
            out.u8(value.booleanValue() ? TRUE : FALSE);
        } else if (value == RedactedValue.INSTANCE) {
            out.u8(REDACTED);
        } else {
            out.u8(NULL);
        }
    }

    private static void writeString(ByteWriter out, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= SHORT_STRING_BYTES_MAX) {
            out.u8(SHORT_STRING | encoded.length);
        } else {
            out.u8(STRING);
            out.varint(encoded.length);
        }
        out.raw(encoded, 0, encoded.length);
    }

    private static void writeNumber(ByteWriter out, JsonNode number) {
        if (number.isInt() || number.isLong()) {
            long value = number.longValue();
            if (value >= 0 && value <= SMALL_INTEGER_MAX) {
                out.u8(SMALL_INTEGER | (int) value);
            } else {
                out.u8(INTEGER);
                out.svarint(value);
            }
        } else if (number.isDouble()) {
            out.u8(DOUBLE);
            out.u64(Double.doubleToRawLongBits(number.doubleValue()));
        } else {
            out.u8(DECIMAL);
            out.string(number.decimalValue().toString());
        }
    }

    static JsonNode read(ByteReader in, String[] strings) {
        return read(in, strings, 0);
    }

    private static JsonNode read(ByteReader in, String[] strings, int depth) {
        int tag = in.u8();
        if (tag >= SHORT_STRING) {
            return StringNode.valueOf(in.utf8(tag & SHORT_STRING_BYTES_MAX));
        }
        if (tag >= SMALL_INTEGER) {
            return JsonNodeFactory.instance.numberNode(tag & SMALL_INTEGER_MAX);
        }
        return switch (tag) {
            case NULL -> NullNode.getInstance();
            case FALSE -> BooleanNode.FALSE;
            case TRUE -> BooleanNode.TRUE;
            case INTEGER -> integer(in.svarint());
            case DOUBLE -> finite(in);
            case DECIMAL -> decimal(in);
            case STRING -> StringNode.valueOf(in.string());
            case REDACTED -> RedactedValue.INSTANCE;
            case ARRAY -> array(in, strings, deeper(in, depth));
            case OBJECT -> object(in, strings, deeper(in, depth));
            default -> throw in.fault("has an unknown value code " + tag);
        };
    }

    private static JsonNode integer(long value) {
        return value == (int) value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    private static int deeper(ByteReader in, int depth) {
        if (depth == DEPTH_MAX) {
            throw in.fault("is nested more than " + DEPTH_MAX + " levels deep");
        }
        return depth + 1;
    }

    private static JsonNode finite(ByteReader in) {
        double value = Double.longBitsToDouble(in.u64());
        if (!Double.isFinite(value)) {
            throw in.fault("has a number that is not finite");
        }
        return DoubleNode.valueOf(value);
    }

    private static JsonNode decimal(ByteReader in) {
        String text = in.string();
        if (text.length() > DECIMAL_CHARACTERS_MAX) {
            throw in.fault("has a number of " + text.length() + " characters");
        }
        try {
            return DecimalNode.valueOf(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw in.fault("has something else where a number should be");
        }
    }

    private static JsonNode array(ByteReader in, String[] strings, int depth) {
        int count = in.count("elements");
        ArrayNode array = JsonNodeFactory.instance.arrayNode(Math.min(count, 1_024));
        for (int i = 0; i < count; i++) {
            array.add(read(in, strings, depth));
        }
        return array;
    }

    private static JsonNode object(ByteReader in, String[] strings, int depth) {
        int count = in.count("members");
        ObjectNode object = objectOf(count);
        for (int i = 0; i < count; i++) {
            String key = KeyNames.of(strings[in.varint(strings.length - 1, "a string's number")]);
            if (object.putIfAbsent(key, read(in, strings, depth)) != null) {
                throw in.fault("has a key twice in one object");
            }
        }
        return object;
    }

    /// For so many members; the maps inside are made for sixteen otherwise.
    private static ObjectNode objectOf(int members) {
        return new ObjectNode(
                JsonNodeFactory.instance,
                LinkedHashMap.newLinkedHashMap(Math.min(members, MEMBERS_EXPECTED_MAX)));
    }
}
