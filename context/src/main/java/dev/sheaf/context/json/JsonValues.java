package dev.sheaf.context.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;

/// Equality, order and hash of JSON values by what they mean: numbers by their exact value whatever
/// node holds them, objects without regard to the order of their members. No state; for any thread.
public final class JsonValues {
    private static final int SHOWN_CHARACTERS_MAX = 80;

    private JsonValues() {}

    /// Whether a number is one that JSON can write: neither infinite nor not-a-number.
    public static boolean isFinite(JsonNode number) {
        return !number.isFloatingPointNumber()
                || number.isBigDecimal()
                || Double.isFinite(number.doubleValue());
    }

    /// By value, exactly. Both must be finite numbers.
    public static int compareNumbers(JsonNode left, JsonNode right) {
        if (isLong(left) && isLong(right)) {
            return Long.compare(left.longValue(), right.longValue());
        }
        return left.decimalValue().compareTo(right.decimalValue());
    }

    /// Whether the node holds its number as an int or a long.
    public static boolean isLong(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong();
    }

    public static boolean equal(JsonNode left, JsonNode right) {
        if (left == right) {
            return true;
        }
        JsonNodeType type = left.getNodeType();
        if (type != right.getNodeType()) {
            return false;
        }
        return switch (type) {
            case NUMBER -> equalNumbers(left, right);
            case ARRAY -> equalElements(left, right);
            case OBJECT -> equalMembers(left, right);
            case STRING, BOOLEAN, NULL, MISSING, BINARY, POJO -> left.equals(right);
        };
    }

    private static boolean equalNumbers(JsonNode left, JsonNode right) {
        return isFinite(left) && isFinite(right)
                ? compareNumbers(left, right) == 0
                : left.equals(right);
    }

    private static boolean equalElements(JsonNode left, JsonNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<JsonNode> others = right.iterator();
        for (JsonNode element : left) {
            if (!equal(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMembers(JsonNode left, JsonNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : left.properties()) {
            JsonNode other = right.get(member.getKey());
            if (other == null || !equal(member.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /// Equal values have equal hashes.
    public static int hash(JsonNode value) {
        return switch (value) {
            case ArrayNode array -> {
                int hash = 1;
                for (JsonNode element : array) {
                    hash = 31 * hash + hash(element);
                }
                yield hash;
            }
            case ObjectNode object -> {
                int hash = 2;
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    hash += member.getKey().hashCode() ^ 31 * hash(member.getValue());
                }
                yield hash;
            }
            default -> value.isNumber() ? numberHash(value) : value.hashCode();
        };
    }

    private static int numberHash(JsonNode number) {
        if (isLong(number)) {
            return Long.hashCode(number.longValue());
        }
        if (!isFinite(number)) {
            return number.hashCode();
        }
        BigDecimal plain = number.decimalValue().stripTrailingZeros();
        boolean whole = plain.scale() <= 0 && plain.precision() - plain.scale() <= 19;
        return whole ? Long.hashCode(plain.longValue()) : plain.hashCode();
    }

    /// A value as a key of maps and sets, by [#equal(JsonNode, JsonNode)].
    public record Key(JsonNode value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && equal(value, key.value);
        }

        @Override
        public int hashCode() {
            return hash(value);
        }
    }

    /// A value as it may stand in a message: control characters escaped, cut to a bearable length.
    public static String shown(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> "an object of " + count(object.size(), "member");
            case ArrayNode array -> "an array of " + count(array.size(), "element");
            default -> "'" + shown(value.isString() ? value.stringValue() : scalar(value)) + "'";
        };
    }

    private static String scalar(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue().toString() : value.toString();
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /// The same for text.
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN_CHARACTERS_MAX)
                .forEach(point -> {
                    boolean hidden =
                            Character.isISOControl(point)
                                    || Character.getType(point) == Character.SURROGATE
                                    || Character.getType(point) == Character.FORMAT;
                    if (hidden) {
                        shown.append(String.format("\\u%04x", point));
                    } else {
                        shown.appendCodePoint(point);
                    }
                });
        return text.codePointCount(0, text.length()) > SHOWN_CHARACTERS_MAX
                ? shown.append('…').toString()
                : shown.toString();
    }
}
