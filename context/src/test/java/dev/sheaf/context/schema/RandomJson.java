package dev.sheaf.context.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Random;

/// Small random schemas, and documents that have a fair chance with them.
final class RandomJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> NAMES = List.of("a", "b", "c", "xa", "x b", "");

    /// Not both 5 and 5.0, which networknt takes for two numbers in uniqueItems.
    private static final List<String> SCALARS =
            List.of(
                    "null", "true", "false", "0", "1", "2", "3", "-1", "5.0", "1.5", "12", "1e3",
                    "\"\"", "\"a\"", "\"ab\"", "\"abc\"", "\"😀\"", "\"12\"", "\"x1\"");

    private static final List<String> TYPES =
            List.of("null", "boolean", "object", "array", "string", "integer", "number");

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    JsonNode document(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind < 2) {
            return JSON.readTree(any(SCALARS));
        }
        if (kind == 2) {
            ArrayNode array = NODES.arrayNode();
            for (int count = random.nextInt(4); count > 0; count--) {
                array.add(document(depth - 1));
            }
            return array;
        }
        ObjectNode object = NODES.objectNode();
        for (int count = random.nextInt(4); count > 0; count--) {
            object.set(any(NAMES), document(depth - 1));
        }
        return object;
    }

    /// A document of names and constants that the schema mentions.
    JsonNode like(JsonNode schema, int depth) {
        JsonNode options = schema.path("enum");
        if (options.isArray() && !options.isEmpty()) {
            return options.get(random.nextInt(options.size()));
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("properties").isObject() && depth > 0) {
            ObjectNode object = NODES.objectNode();
            schema.path("properties")
                    .properties()
                    .forEach(property -> {
                        if (random.nextInt(4) > 0) {
                            object.set(property.getKey(), like(property.getValue(), depth - 1));
                        }
                    });
            return object;
        }
        return switch (schema.path("type").asString("")) {
            case "string" -> NODES.stringNode("a".repeat(random.nextInt(12)));
            case "integer", "number" -> NODES.numberNode(random.nextInt(30) - 5);
            case "array" -> NODES.arrayNode().add(like(schema.path("items"), depth - 1));
            default -> document(depth);
        };
    }

    JsonNode schema() {
        ObjectNode root = (ObjectNode) schemaObject(3);
        ObjectNode definitions = NODES.objectNode();
        definitions.set("one", schemaObject(0));
        definitions.set("two", JSON.readTree("{\"properties\":{\"a\":{\"$ref\":\"#\"}}}"));
        root.set("$defs", definitions);
        return root;
    }

    private JsonNode schema(int depth) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return NODES.booleanNode(true);
        }
        if (kind == 1) {
            return NODES.booleanNode(false);
        }
        return schemaObject(depth);
    }

    private JsonNode schemaObject(int depth) {
        ObjectNode schema = NODES.objectNode();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            keyword(schema, depth);
        }
        // With the type, as networknt applies it to objects too.
        return schema.has("uniqueItems") ? schema.put("type", "array") : schema;
    }

    private void keyword(ObjectNode schema, int depth) {
        switch (random.nextInt(depth > 0 ? 28 : 14)) {
            case 0 -> schema.put("type", any(TYPES));
            // Not beside minimum, with which networknt cannot read it.
            case 1 ->
                    schema.set(
                            "allOf",
                            NODES.arrayNode()
                                    .add(
                                            NODES.objectNode()
                                                    .set(
                                                            "type",
                                                            NODES.arrayNode()
                                                                    .add("object")
                                                                    .add("array")
                                                                    .add(
                                                                            any(
                                                                                    List.of(
                                                                                            "string",
                                                                                            "null"))))));
            case 2 ->
                    schema.set(
                            "enum",
                            NODES.arrayNode().add(document(1)).add(document(1)).add(document(0)));
            case 3 -> schema.set("const", document(1));
            case 4 -> schema.put("minimum", random.nextInt(3));
            case 5 -> schema.put("exclusiveMaximum", random.nextInt(3) + 0.5);
            case 6 -> schema.put("multipleOf", any(List.of(1, 2, 3)));
            case 7 -> schema.put("maxLength", random.nextInt(3));
            case 8 -> schema.put("minLength", random.nextInt(3));
            case 9 -> schema.put("pattern", any(List.of("^a", "b$", "\\d", "^[a-c]*$", "x|2")));
            case 10 -> schema.set("required", NODES.arrayNode().add(any(NAMES)));
            case 11 -> schema.put(any(List.of("maxItems", "minItems")), random.nextInt(3));
            case 12 -> schema.put("uniqueItems", true);
            case 13 ->
                    schema.put(any(List.of("maxProperties", "minProperties")), random.nextInt(3));
            case 14, 15, 16 ->
                    schema.set(
                            "properties",
                            NODES.objectNode()
                                    .set("a", schema(depth - 1))
                                    .set(any(NAMES), schema(depth - 1)));
            case 17 ->
                    schema.set(
                            "patternProperties",
                            NODES.objectNode()
                                    .set(any(List.of("^x", "a", "^$")), schema(depth - 1)));
            case 18 -> schema.set("additionalProperties", schema(depth - 1));
            case 19 -> schema.set("items", schema(depth - 1));
            case 20 -> schema.set("prefixItems", NODES.arrayNode().add(schema(depth - 1)));
            case 21 -> schema.set("contains", schema(depth - 1));
            case 22 ->
                    schema.set(
                            any(List.of("allOf", "anyOf", "oneOf")),
                            NODES.arrayNode().add(schema(depth - 1)).add(schema(depth - 1)));
            case 23 -> schema.set("not", schema(depth - 1));
            case 24 -> {
                schema.set("if", schema(depth - 1));
                schema.set(any(List.of("then", "else")), schema(depth - 1));
            }
            case 25 -> schema.set("propertyNames", schemaObject(0));
            case 26 ->
                    schema.set(
                            "dependentRequired",
                            NODES.objectNode().set(any(NAMES), NODES.arrayNode().add(any(NAMES))));
            default -> schema.put("$ref", any(List.of("#/$defs/one", "#/$defs/two")));
        }
    }
}
