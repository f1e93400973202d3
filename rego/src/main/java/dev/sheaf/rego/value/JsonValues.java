package dev.sheaf.rego.value;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The way from JSON to values and back. Sets become arrays in their order; keys that are no
/// strings become their JSON text, as OPA does.
public final class JsonValues {
    private JsonValues() {}

    /// @throws Problem UNREADABLE_INPUT when it is not one JSON value
    public static Value parse(String json) {
        try {
            return of(JsonReading.MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT, "no JSON: " + e.getOriginalMessage(), e);
        }
    }

    public static Value of(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> NullValue.NULL;
            case BOOLEAN -> BooleanValue.of(node.booleanValue());
            case NUMBER -> number(node);
            case STRING -> StringValue.of(node.stringValue());
            case ARRAY -> {
                Value[] items = new Value[node.size()];
                for (int i = 0; i < items.length; i++) {
                    items[i] = of(node.get(i));
                }
                yield ArrayValue.of(items);
            }
            case OBJECT -> {
                ObjectValue.Builder object = new ObjectValue.Builder(node.size());
                node.properties()
                        .forEach(field ->
                                object.put(StringValue.of(field.getKey()), of(field.getValue())));
                yield object.build();
            }
            case BINARY, POJO ->
                    throw new IllegalArgumentException("no JSON: " + node.getNodeType());
        };
    }

    private static NumberValue number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong()
                ? NumberValue.of(node.longValue())
                : written(node.decimalValue());
    }

    /// With its trailing zeros; how an exponent was written is not known any more.
    private static NumberValue written(java.math.BigDecimal number) {
        String text = number.toString();
        return text.indexOf('E') < 0 ? NumberValue.parse(text) : NumberValue.of(number);
    }

    public static JsonNode toJson(Value value) {
        return switch (value) {
            case NullValue none -> JsonNodeFactory.instance.nullNode();
            case BooleanValue bool -> JsonNodeFactory.instance.booleanNode(bool.value());
            case NumberValue number ->
                    number.isLong()
                            ? JsonNodeFactory.instance.numberNode(number.longValue())
                            : JsonNodeFactory.instance.numberNode(number.decimalValue());
            case StringValue string -> JsonNodeFactory.instance.stringNode(string.value());
            case ArrayValue array -> toJson(array.items());
            case SetValue set -> toJson(set.items());
            case ObjectValue object -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                object.forEach((key, item) -> node.set(keyText(key), toJson(item)));
                yield node;
            }
        };
    }

    private static ArrayNode toJson(Iterable<Value> items) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> node.add(toJson(item)));
        return node;
    }

    /// A key as the name of a JSON field.
    public static String keyText(Value key) {
        return key instanceof StringValue string ? string.value() : text(key);
    }

    /// Compact JSON text, fields in the order of their names, numbers without an exponent.
    public static String text(Value value) {
        StringBuilder out = new StringBuilder();
        JsonText.write(value, out);
        return out.toString();
    }
}
