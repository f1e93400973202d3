package dev.sheaf.contract.internal;

import dev.sheaf.contract.document.Node;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From document trees to JSON trees and to plain JSON values.
final class Json {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final int WHOLE_DIGITS_MAX = 400;

    private Json() {}

    static JsonNode tree(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                ObjectNode object = FACTORY.objectNode();
                mapping.members().forEach((key, member) -> object.set(key, tree(member.value())));
                yield object;
            }
            case Node.Sequence sequence -> {
                ArrayNode array = FACTORY.arrayNode();
                sequence.items().forEach(item -> array.add(tree(item)));
                yield array;
            }
            case Node.Text text -> FACTORY.stringNode(text.value());
            case Node.Flag flag -> FACTORY.booleanNode(flag.value());
            case Node.Nothing ignored -> FACTORY.nullNode();
            case Node.Number number ->
                    isWhole(number.value())
                            ? whole(number.value())
                            : FACTORY.numberNode(number.value());
        };
    }

    private static JsonNode whole(BigDecimal value) {
        try {
            return FACTORY.numberNode(value.longValueExact());
        } catch (ArithmeticException outOfRange) {
            return FACTORY.numberNode(value.toBigInteger());
        }
    }

    /// To JSON Schema 1.0 is an integer; a number of a thousand digits is left alone.
    private static boolean isWhole(BigDecimal value) {
        return Math.abs(value.scale()) < WHOLE_DIGITS_MAX
                && value.stripTrailingZeros().scale() <= 0;
    }

    /// A `String`, `Boolean`, `Long`, `BigInteger`, `BigDecimal`, `List`, `Map` or null.
    static @Nullable Object plain(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                mapping.members().forEach((key, member) -> map.put(key, plain(member.value())));
                yield Collections.unmodifiableMap(map);
            }
            case Node.Sequence sequence -> {
                List<@Nullable Object> list = new ArrayList<>();
                sequence.items().forEach(item -> list.add(plain(item)));
                yield Collections.unmodifiableList(list);
            }
            case Node.Text text -> text.value();
            case Node.Flag flag -> flag.value();
            case Node.Nothing ignored -> null;
            case Node.Number number -> plain(number.value());
        };
    }

    private static Object plain(BigDecimal value) {
        if (!isWhole(value)) {
            return value;
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException outOfRange) {
            return value.toBigInteger();
        }
    }
}
