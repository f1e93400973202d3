package dev.sheaf.context.document;

import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes JSON values as `spec/context.md`, section 5.2, says; keys by their number in a table that
/// it fills.
final class ValueWriter {
    static final int NULL = 0x00;
    static final int FALSE = 0x01;
    static final int TRUE = 0x02;
    static final int WHOLE = 0x03;
    static final int DOUBLE = 0x04;
    static final int DECIMAL = 0x05;
    static final int STRING = 0x06;
    static final int ARRAY = 0x07;
    static final int OBJECT = 0x08;
    static final int REDACTED = 0x09;
    static final int SMALL = 0x40;
    static final int SMALL_MAX = 63;
    static final int SHORT = 0x80;
    static final int SHORT_MAX = 127;

    private final Map<String, Integer> keys = new LinkedHashMap<>();

    /// The keys in the order of their numbers.
    Iterable<String> keys() {
        return keys.keySet();
    }

    int keyCount() {
        return keys.size();
    }

    int key(String key) {
        Integer known = keys.putIfAbsent(key, keys.size());
        return known == null ? keys.size() - 1 : known;
    }

    void write(ByteWriter out, JsonNode value) {
        switch (value) {
            case RedactedValue redacted -> out.u8(REDACTED);
            case ObjectNode object -> {
                out.u8(OBJECT);
                out.varint(object.size());
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    out.varint(key(member.getKey()));
                    write(out, member.getValue());
                }
            }
            case ArrayNode array -> {
                out.u8(ARRAY);
                out.varint(array.size());
                for (JsonNode element : array) {
                    write(out, element);
                }
            }
            case JsonNode scalar -> writeScalar(out, scalar);
        }
    }

    private static void writeScalar(ByteWriter out, JsonNode value) {
        if (value.isString()) {
            writeString(out, value.stringValue());
        } else if (value.isBoolean()) {
            out.u8(value.booleanValue() ? TRUE : FALSE);
        } else if (value.isNumber()) {
            writeNumber(out, value);
        } else {
            out.u8(NULL);
        }
    }

    private static void writeString(ByteWriter out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= SHORT_MAX) {
            out.u8(SHORT + bytes.length);
            for (byte each : bytes) {
                out.u8(each);
            }
        } else {
            out.u8(STRING);
            out.bytes(bytes);
        }
    }

    private static void writeNumber(ByteWriter out, JsonNode value) {
        if (JsonValues.isLong(value)) {
            long whole = value.longValue();
            if (whole >= 0 && whole <= SMALL_MAX) {
                out.u8(SMALL + (int) whole);
            } else {
                out.u8(WHOLE);
                out.svarint(whole);
            }
        } else if (value.isDouble() || value.isFloat()) {
            out.u8(DOUBLE);
            writeLong(out, Double.doubleToRawLongBits(value.doubleValue()));
        } else {
            writeDecimal(out, value.decimalValue());
        }
    }

    static void writeDecimal(ByteWriter out, BigDecimal number) {
        out.u8(DECIMAL);
        out.string(number.toString());
    }

    static void writeLong(ByteWriter out, long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.u8((int) (value >>> shift));
        }
    }
}
