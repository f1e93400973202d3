package dev.sheaf.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an owner says of a table, in JSON: texts, whole numbers, flags, and lists of texts.
final class CustomProperties {
    private CustomProperties() {}

    static ObjectNode json(Map<String, Object> properties) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        properties.forEach((name, value) -> json.set(name, json(value)));
        return json;
    }

    private static JsonNode json(Object value) {
        return switch (value) {
            case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
            case Number number -> JsonNodeFactory.instance.numberNode(number.longValue());
            case List<?> items -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                items.forEach(item -> array.add(String.valueOf(item)));
                yield array;
            }
            default -> StringNode.valueOf(value.toString());
        };
    }

    static Map<String, Object> read(JsonNode json) {
        Map<String, Object> read = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            read.put(member.getKey(), value(member.getKey(), member.getValue()));
        }
        return read;
    }

    private static Object value(String name, JsonNode json) {
        return switch (json.getNodeType()) {
            case BOOLEAN -> json.booleanValue();
            case STRING -> json.stringValue();
            case NUMBER -> {
                if (!json.canConvertToLong()) {
                    throw wrong(name);
                }
                yield json.longValue();
            }
            case ARRAY -> {
                List<String> texts = new ArrayList<>();
                json.forEach(item -> texts.add(item.asString("")));
                yield List.copyOf(texts);
            }
            case OBJECT, NULL, BINARY, MISSING, POJO -> throw wrong(name);
        };
    }

    private static Problem wrong(String name) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "a table's " + name + " is a text, a whole number, true or false, or a list");
    }
}
