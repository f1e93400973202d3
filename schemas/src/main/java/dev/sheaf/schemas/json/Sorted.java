package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.TreeMap;

/// Trees with the members of all objects in the order of their names.
final class Sorted {
    private Sorted() {}

    static JsonNode of(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties()
                    .forEach(member -> members.put(member.getKey(), of(member.getValue())));
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            members.forEach(sorted::set);
            return sorted;
        }
        if (node.isArray()) {
            ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> sorted.add(of(element)));
            return sorted;
        }
        return node;
    }
}
