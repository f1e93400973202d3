package dev.sheaf.context.document;

import dev.sheaf.context.FieldRule;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;

/// Puts marks into a value that is about to be assigned.
final class ValueRedaction {
    private final Visibility visibility;

    ValueRedaction(Visibility visibility) {
        this.visibility = visibility;
    }

    /// @param value of a place of this rule
    JsonNode of(JsonNode value, FieldRule rule) {
        if (visibility.isHidden(rule) || value.isArray() && visibility.isListHidden(rule)) {
            return RedactedValue.INSTANCE;
        }
        if (visibility.isWhole(rule)) {
            return value;
        }
        return switch (value) {
            case ObjectNode object -> members(object, rule);
            case ArrayNode array -> {
                ArrayNode elements = JsonNodeFactory.instance.arrayNode(array.size());
                for (JsonNode element : array) {
                    elements.add(of(element, rule.element()));
                }
                yield elements;
            }
            default -> value;
        };
    }

    private ObjectNode members(ObjectNode object, FieldRule rule) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            JsonNode value = of(member.getValue(), rule.member(name));
            members.set(isNameless(name, value, rule) ? Redactor.HIDDEN_KEY : name, value);
        }
        return members;
    }

    /// Whether the name itself is hidden: it is not the type's own, and all behind it is hidden.
    static boolean isNameless(String name, JsonNode redacted, FieldRule rule) {
        return redacted == RedactedValue.INSTANCE && !rule.members().containsKey(name);
    }
}
