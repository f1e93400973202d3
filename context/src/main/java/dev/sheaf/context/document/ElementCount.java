package dev.sheaf.context.document;

import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;

/// How a value becomes content of a place, and how many list elements it makes.
public final class ElementCount {
    private ElementCount() {}

    /// How a place of this rule holds a value: as a map (`STRUCTURE`), list, text, set, counter or
    /// register. A value of a JSON type that its field is not about is held as a register.
    public static FieldKind kind(FieldRule rule, JsonNode value) {
        return switch (rule.kind()) {
            case STRUCTURE ->
                    value instanceof ObjectNode
                            ? FieldKind.STRUCTURE
                            : listOf(value instanceof ArrayNode, FieldKind.LIST);
            case LIST, CONVERSATION -> listOf(value instanceof ArrayNode, FieldKind.LIST);
            case SET -> listOf(value instanceof ArrayNode, FieldKind.SET);
            case TEXT -> listOf(value.isString(), FieldKind.TEXT);
            case COUNTER -> listOf(value.isNumber(), FieldKind.COUNTER);
            case IMMUTABLE -> FieldKind.IMMUTABLE;
            case REGISTER -> FieldKind.REGISTER;
        };
    }

    private static FieldKind listOf(boolean fits, FieldKind kind) {
        return fits ? kind : FieldKind.REGISTER;
    }

    /// The numbers that assigning the value to a place of this rule takes.
    public static int of(FieldRule rule, JsonNode value) {
        if (!value.isContainer() && !value.isString()) {
            return 0;
        }
        return switch (kind(rule, value)) {
            case STRUCTURE -> {
                int count = 0;
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    count += of(rule.member(member.getKey()), member.getValue());
                }
                yield count;
            }
            case LIST, CONVERSATION -> {
                int count = value.size();
                for (JsonNode element : value) {
                    count += of(rule.element(), element);
                }
                yield count;
            }
            case TEXT -> points(value.stringValue());
            case SET, COUNTER, IMMUTABLE, REGISTER -> 0;
        };
    }

    static int points(String text) {
        return text.codePointCount(0, text.length());
    }
}
