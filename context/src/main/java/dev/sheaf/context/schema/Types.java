package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Sets of JSON types as bits. Whole numbers are a type of their own, `1.0` among them; `number` is
/// both.
final class Types {
    static final int NULL = 1;
    static final int BOOLEAN = 2;
    static final int OBJECT = 4;
    static final int ARRAY = 8;
    static final int STRING = 16;
    static final int INTEGER = 32;
    static final int FRACTION = 64;
    static final int NUMBER = INTEGER | FRACTION;
    static final int ALL = NULL | BOOLEAN | OBJECT | ARRAY | STRING | NUMBER;

    static final List<String> NAMES =
            List.of("null", "boolean", "object", "array", "string", "integer", "number");

    private Types() {}

    /// The bit of a value; 0 for what is no JSON value.
    static int of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> STRING;
            case NUMBER -> ofNumber(value);
            case OBJECT -> OBJECT;
            case ARRAY -> ARRAY;
            case BOOLEAN -> BOOLEAN;
            case NULL -> NULL;
            case MISSING, BINARY, POJO -> 0;
        };
    }

    private static int ofNumber(JsonNode number) {
        if (number.isIntegralNumber()) {
            return INTEGER;
        }
        if (!JsonValues.isFinite(number)) {
            return 0;
        }
        if (number.isBigDecimal()) {
            BigDecimal value = number.decimalValue();
            return value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0
                    ? INTEGER
                    : FRACTION;
        }
        double value = number.doubleValue();
        return value == Math.rint(value) ? INTEGER : FRACTION;
    }

    /// The bits of a type's name; 0 when there is no such type.
    static int named(String name) {
        return switch (name) {
            case "null" -> NULL;
            case "boolean" -> BOOLEAN;
            case "object" -> OBJECT;
            case "array" -> ARRAY;
            case "string" -> STRING;
            case "integer" -> INTEGER;
            case "number" -> NUMBER;
            default -> 0;
        };
    }

    static List<String> names(int types) {
        List<String> names = new ArrayList<>();
        for (String name : NAMES) {
            boolean covered = name.equals("integer") && (types & NUMBER) == NUMBER;
            if (!covered && (types & named(name)) == named(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
