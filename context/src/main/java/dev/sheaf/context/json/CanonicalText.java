package dev.sheaf.context.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.math.BigDecimal;
import java.util.TreeSet;

/// JSON text that is the same for equal values: members sorted by their UTF-16 code units, no
/// spaces, numbers by value. In the spirit of RFC 8785, but exact beyond doubles.
public final class CanonicalText {
    private static final int PLAIN_DIGITS_MAX = 21;

    private CanonicalText() {}

    public static String of(JsonNode value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        switch (value) {
            case ObjectNode object -> writeObject(object, text);
            case ArrayNode array -> writeArray(array, text);
            default -> text.append(value.isNumber() ? number(value) : value.toString());
        }
    }

    private static void writeObject(ObjectNode object, StringBuilder text) {
        char separator = '{';
        for (String name : new TreeSet<>(object.propertyNames())) {
            text.append(separator).append(StringNode.valueOf(name)).append(':');
            write(object.get(name), text);
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    private static void writeArray(ArrayNode array, StringBuilder text) {
        char separator = '[';
        for (JsonNode element : array) {
            text.append(separator);
            write(element, text);
            separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
    }

    private static String number(JsonNode value) {
        if (JsonValues.isLong(value)) {
            return Long.toString(value.longValue());
        }
        if (!JsonValues.isFinite(value)) {
            return value.toString();
        }
        BigDecimal plain = value.decimalValue().stripTrailingZeros();
        boolean written =
                plain.scale() <= 0 && (long) plain.precision() - plain.scale() <= PLAIN_DIGITS_MAX;
        return written ? plain.toPlainString() : plain.toString();
    }
}
