package dev.sheaf.context.document;

import dev.sheaf.context.codec.ByteReader;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/// Reads what [ValueWriter] wrote; takes bytes from anybody.
final class ValueReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DECIMAL_CHARACTERS_MAX = 2000;

    private final String[] keys;

    ValueReader(String[] keys) {
        this.keys = keys;
    }

    String key(ByteReader in) {
        int number = in.size(Integer.MAX_VALUE);
        if (number >= keys.length) {
            throw in.unreadable("key number " + number + " of " + keys.length);
        }
        return keys[number];
    }

    JsonNode read(ByteReader in, int depth) {
        if (depth > EventCheck.DEPTH_MAX) {
            throw in.unreadable("more than " + EventCheck.DEPTH_MAX + " levels");
        }
        int tag = in.u8();
        if (tag >= ValueWriter.SHORT) {
            return StringNode.valueOf(shortString(in, tag - ValueWriter.SHORT));
        }
        if (tag >= ValueWriter.SMALL) {
            return JSON.numberNode(tag - ValueWriter.SMALL);
        }
        return switch (tag) {
            case ValueWriter.NULL -> JSON.nullNode();
            case ValueWriter.FALSE -> JSON.booleanNode(false);
            case ValueWriter.TRUE -> JSON.booleanNode(true);
            case ValueWriter.WHOLE -> whole(in.svarint());
            case ValueWriter.DOUBLE -> finite(in);
            case ValueWriter.DECIMAL -> decimalNode(decimalText(in));
            case ValueWriter.STRING -> StringNode.valueOf(in.string());
            case ValueWriter.REDACTED -> RedactedValue.INSTANCE;
            case ValueWriter.ARRAY -> {
                int count = in.size(in.remaining());
                ArrayNode array = JSON.arrayNode(count);
                for (int index = 0; index < count; index++) {
                    array.add(read(in, depth + 1));
                }
                yield array;
            }
            case ValueWriter.OBJECT -> {
                int count = in.size(in.remaining());
                ObjectNode object = JSON.objectNode();
                for (int index = 0; index < count; index++) {
                    object.set(key(in), read(in, depth + 1));
                }
                yield object;
            }
            default -> throw in.unreadable("no value begins with " + tag);
        };
    }

    private static String shortString(ByteReader in, int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) in.u8();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonNode whole(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    private static JsonNode finite(ByteReader in) {
        double value = Double.longBitsToDouble(readLong(in));
        if (!Double.isFinite(value)) {
            throw in.unreadable("a number that is not finite");
        }
        return JSON.numberNode(value);
    }

    static long readLong(ByteReader in) {
        long value = 0;
        for (int index = 0; index < Long.BYTES; index++) {
            value = value << Byte.SIZE | in.u8();
        }
        return value;
    }

    private static JsonNode decimalNode(BigDecimal number) {
        return number.scale() == 0
                ? JSON.numberNode(number.toBigInteger())
                : JSON.numberNode(number);
    }

    static BigDecimal decimal(ByteReader in) {
        if (in.u8() != ValueWriter.DECIMAL) {
            throw in.unreadable("a decimal was expected");
        }
        return decimalText(in);
    }

    private static BigDecimal decimalText(ByteReader in) {
        String text = in.string();
        if (text.length() > DECIMAL_CHARACTERS_MAX) {
            throw in.unreadable("a number of " + text.length() + " characters");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            throw new dev.sheaf.kernel.Problem(
                    dev.sheaf.kernel.ProblemCode.UNREADABLE_INPUT,
                    "an encoded document cannot be read: a number has another form than digits",
                    notANumber);
        }
    }
}
