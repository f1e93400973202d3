package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;

import java.util.EnumSet;
import java.util.Set;

/// What a JSON value can be. Whole numbers and others are kept apart, as `integer` means the
/// former.
enum JsonType {
    NULL,
    BOOLEAN,
    INTEGER,
    FRACTION,
    STRING,
    ARRAY,
    OBJECT;

    static final Set<JsonType> ALL = Set.copyOf(EnumSet.allOf(JsonType.class));

    static JsonType of(JsonNode value) {
        if (value.isNull()) {
            return NULL;
        }
        if (value.isBoolean()) {
            return BOOLEAN;
        }
        if (value.isNumber()) {
            return Numbers.isWhole(value.decimalValue()) ? INTEGER : FRACTION;
        }
        if (value.isString()) {
            return STRING;
        }
        return value.isArray() ? ARRAY : OBJECT;
    }

    /// What a word of the keyword `type` stands for; nothing when it is none.
    static Set<JsonType> named(String word) {
        return switch (word) {
            case "null" -> EnumSet.of(NULL);
            case "boolean" -> EnumSet.of(BOOLEAN);
            case "integer" -> EnumSet.of(INTEGER);
            case "number" -> EnumSet.of(INTEGER, FRACTION);
            case "string" -> EnumSet.of(STRING);
            case "array" -> EnumSet.of(ARRAY);
            case "object" -> EnumSet.of(OBJECT);
            default -> EnumSet.noneOf(JsonType.class);
        };
    }

    boolean isNumber() {
        return this == INTEGER || this == FRACTION;
    }

    /// For messages.
    String word() {
        return switch (this) {
            case NULL -> "null";
            case BOOLEAN -> "boolean";
            case INTEGER -> "integer";
            case FRACTION -> "number";
            case STRING -> "string";
            case ARRAY -> "array";
            case OBJECT -> "object";
        };
    }
}
