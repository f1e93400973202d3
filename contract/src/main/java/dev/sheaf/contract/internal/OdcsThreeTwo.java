package dev.sheaf.contract.internal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The schema of ODCS 3.2, made from that of 3.1 and what the standard's description says is new
/// (https://bitol-io.github.io/open-data-contract-standard/v3.2.0/): enumerations, maps, vectors,
/// synonyms, deprecation, semantic types, context, and smaller additions.
///
/// The description of server types is not repeated here; what this schema does not know is a
/// warning in 3.2 and not an error (see [SchemaCheck]).
final class OdcsThreeTwo {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

    private OdcsThreeTwo() {}

    /// Changes the schema of 3.1 in place.
    static ObjectNode extend(ObjectNode schema) {
        ObjectNode top = at(schema, "properties");
        ObjectNode definitions = at(schema, "$defs");
        top.set("apiVersion", object("type", "string").put("pattern", "^v3\\.2\\.\\d+$"));
        top.set("context", either("object", "string"));
        definitions.set("Synonym", synonym());
        definitions.set("EnumEntry", enumEntry());
        elements(at(definitions, "SchemaElement"));
        property(at(definitions, "SchemaBaseProperty"));
        at(definitions, "SchemaObject", "properties").set("context", either("object", "string"));
        at(definitions, "CustomProperty", "properties").set("vendor", object("type", "string"));
        at(definitions, "RelationshipBase", "properties").set("id", reference("StableId"));
        ObjectNode sla = at(definitions, "ServiceLevelAgreementProperty", "properties");
        sla.set("customProperties", reference("CustomProperties"));
        sla.set("authoritativeDefinitions", reference("AuthoritativeDefinitions"));
        at(definitions, "ShorthandReference")
                .put("pattern", "^[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)+$");
        ports(definitions);
        return schema;
    }

    private static void elements(ObjectNode element) {
        ObjectNode properties = at(element, "properties");
        properties.set("deprecated", object("type", "boolean"));
        properties.set("synonyms", listOf(reference("Synonym")));
    }

    private static void property(ObjectNode property) {
        ObjectNode properties = at(property, "properties");
        ArrayNode logicalTypes = (ArrayNode) at(properties, "logicalType").path("enum");
        logicalTypes.add("map").add("vector");
        ObjectNode enumeration = listOf(reference("EnumEntry"));
        enumeration.put("minItems", 1).put("uniqueItems", true);
        properties.set("enum", enumeration);
        ObjectNode semanticType = object("type", "string");
        semanticType.putArray("enum").add("column").add("measure").add("dimension");
        properties.set("semanticType", semanticType);
        ObjectNode map = object("type", "object");
        map.putArray("required").add("key").add("value");
        ObjectNode sides = map.putObject("properties");
        sides.set("key", reference("SchemaItemProperty"));
        sides.set("value", reference("SchemaItemProperty"));
        map.put("additionalProperties", false);
        properties.set("map", map);
        ArrayNode conditions = (ArrayNode) property.path("allOf");
        conditions.add(when("map", object("required", List.of("map"))));
        conditions.add(when("vector", vectorOptions()));
    }

    private static ObjectNode when(String logicalType, ObjectNode then) {
        ObjectNode condition = FACTORY.objectNode();
        condition.set("required", FACTORY.arrayNode().add("logicalType"));
        condition.putObject("properties").putObject("logicalType").put("const", logicalType);
        ObjectNode rule = FACTORY.objectNode();
        rule.set("if", condition);
        rule.set("then", then);
        return rule;
    }

    private static ObjectNode vectorOptions() {
        ObjectNode options = object("required", List.of("dimensions"));
        options.put("type", "object");
        ObjectNode known = options.putObject("properties");
        known.set("dimensions", object("type", "integer").put("minimum", 1));
        known.set("elementType", object("type", "string"));
        known.set("distanceMetric", object("type", "string"));
        known.set("normalized", object("type", "boolean"));
        known.set("embeddingModel", object("type", "string"));
        ObjectNode rule = object("required", List.of("logicalTypeOptions"));
        rule.putObject("properties").set("logicalTypeOptions", options);
        return rule;
    }

    private static ObjectNode synonym() {
        ObjectNode entry = object("required", List.of("synonym"));
        entry.put("type", "object");
        ObjectNode known = entry.putObject("properties");
        known.set("id", reference("StableId"));
        for (String name : List.of("synonym", "description", "locale", "source", "status")) {
            known.set(name, object("type", "string"));
        }
        known.set("customProperties", reference("CustomProperties"));
        entry.put("additionalProperties", false);
        return entry;
    }

    private static ObjectNode enumEntry() {
        ObjectNode entry = object("required", List.of("value"));
        entry.put("type", "object");
        ObjectNode known = entry.putObject("properties");
        known.set("value", reference("AnyNonCollectionType"));
        known.set("id", reference("StableId"));
        known.set("label", object("type", "string"));
        known.set("description", object("type", "string"));
        known.set("tags", reference("Tags"));
        known.set("customProperties", reference("CustomProperties"));
        known.set("authoritativeDefinitions", reference("AuthoritativeDefinitions"));
        entry.put("additionalProperties", false);
        return entry;
    }

    /// A port may be a variable such as `${PORT}` now.
    private static void ports(JsonNode node) {
        for (JsonNode child : node) {
            if (child instanceof ObjectNode definition
                    && definition.path("properties").path("port") instanceof ObjectNode port) {
                port.set("type", FACTORY.arrayNode().add("integer").add("string"));
            }
            ports(child);
        }
    }

    private static ObjectNode at(ObjectNode node, String... path) {
        JsonNode found = node;
        for (String step : path) {
            found = found.path(step);
        }
        if (found instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalStateException("the schema of 3.1 has no " + String.join("/", path));
    }

    private static ObjectNode object(String key, String value) {
        return FACTORY.objectNode().put(key, value);
    }

    private static ObjectNode object(String key, List<String> values) {
        ObjectNode object = FACTORY.objectNode();
        ArrayNode array = object.putArray(key);
        values.forEach(array::add);
        return object;
    }

    private static ObjectNode either(String first, String second) {
        return object("type", List.of(first, second));
    }

    private static ObjectNode reference(String definition) {
        return object("$ref", "#/$defs/" + definition);
    }

    private static ObjectNode listOf(ObjectNode items) {
        ObjectNode list = object("type", "array");
        list.set("items", items);
        return list;
    }
}
