package dev.sheaf.contract.convert;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A table's rows as an Avro schema (1.12), both ways.
///
/// Types and nullability survive. Names that Avro does not allow are written with underscores and
/// kept in the attribute `sheafName`. A map whose keys are not text is an array of key and value
/// with logical type `map`, as Iceberg has it. Lost: keys, partitions, rules, constraints. On the
/// way in an enumeration becomes text, `fixed` becomes bytes, milliseconds become microseconds, and
/// unions other than with null are refused.
public final class AvroText {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final String NAME = "sheafName";
    private static final String LOGICAL = "logicalType";

    private AvroText() {}

    public static String write(TableContract table) {
        ObjectNode record = struct(Columns.fields(table), name(table.name()));
        keepName(record, table.name());
        table.description().ifPresent(text -> record.put("doc", text));
        int index = 0;
        for (ColumnContract column : table.columns()) {
            ObjectNode field = (ObjectNode) record.path("fields").path(index++);
            column.description().ifPresent(text -> field.put("doc", text));
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(record);
    }

    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when it is no Avro schema of a record
    public static TableContract read(String text) {
        JsonNode schema;
        try {
            schema = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw Columns.unreadable("JSON", e.getOriginalMessage());
        }
        if (!(type(schema) instanceof ColumnType.Struct struct)) {
            throw Columns.unreadable("an Avro schema of a table", "its type must be record");
        }
        List<ColumnContract> columns = new ArrayList<>();
        int index = 0;
        for (ColumnType.Field field : struct.fields()) {
            JsonNode written = schema.path("fields").path(index++);
            columns.add(Columns.column(field, text(written, "doc"), ValueConstraints.NONE));
        }
        return Columns.table(originalName(schema), text(schema, "doc"), columns);
    }

    private static ObjectNode struct(List<ColumnType.Field> fields, String path) {
        ObjectNode record = FACTORY.objectNode().put("type", "record").put("name", path);
        ArrayNode list = record.putArray("fields");
        for (ColumnType.Field field : fields) {
            ObjectNode node = list.addObject().put("name", name(field.name()));
            keepName(node, field.name());
            node.set(
                    "type",
                    schema(field.type(), field.required(), path + "_" + name(field.name())));
            if (!field.required()) {
                node.putNull("default");
            }
        }
        return record;
    }

    private static JsonNode schema(ColumnType type, boolean required, String path) {
        JsonNode schema = schema(type, path);
        return required ? schema : FACTORY.arrayNode().add("null").add(schema);
    }

    private static JsonNode schema(ColumnType type, String path) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive);
            case ColumnType.Decimal decimal ->
                    logical("bytes", "decimal")
                            .put("precision", decimal.precision())
                            .put("scale", decimal.scale());
            case ColumnType.Struct struct -> struct(struct.fields(), path);
            case ColumnType.ListOf list -> {
                ObjectNode node = FACTORY.objectNode().put("type", "array");
                node.set(
                        "items", schema(list.element(), list.elementRequired(), path + "_element"));
                yield node;
            }
            case ColumnType.MapOf map when map.key() == Primitive.STRING -> {
                ObjectNode node = FACTORY.objectNode().put("type", "map");
                node.set("values", schema(map.value(), map.valueRequired(), path + "_value"));
                yield node;
            }
            case ColumnType.MapOf map -> {
                ObjectNode node = logical("array", "map");
                node.set(
                        "items",
                        struct(
                                List.of(
                                        new ColumnType.Field("key", map.key(), true),
                                        new ColumnType.Field(
                                                "value", map.value(), map.valueRequired())),
                                path + "_entry"));
                yield node;
            }
        };
    }

    private static JsonNode primitive(Primitive type) {
        return switch (type) {
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING ->
                    FACTORY.stringNode(type.name().toLowerCase(Locale.ROOT));
            case BINARY -> FACTORY.stringNode("bytes");
            case DATE -> logical("int", "date");
            case TIME -> logical("long", "time-micros");
            case TIMESTAMP -> logical("long", "local-timestamp-micros");
            case TIMESTAMP_TZ -> logical("long", "timestamp-micros");
            case UUID -> logical("string", "uuid");
        };
    }

    private static ObjectNode logical(String type, String logicalType) {
        return FACTORY.objectNode().put("type", type).put(LOGICAL, logicalType);
    }

    private static ColumnType type(JsonNode schema) {
        if (schema.isArray()) {
            return type(withoutNull(schema));
        }
        JsonNode type = schema.isObject() ? schema.path("type") : schema;
        if (!type.isString()) {
            return type(type);
        }
        String logical = schema.path(LOGICAL).asString("");
        return switch (type.stringValue()) {
            case "boolean" -> Primitive.BOOLEAN;
            case "int" ->
                    switch (logical) {
                        case "date" -> Primitive.DATE;
                        case "time-millis" -> Primitive.TIME;
                        default -> Primitive.INT;
                    };
            case "long" -> longType(logical);
            case "float" -> Primitive.FLOAT;
            case "double" -> Primitive.DOUBLE;
            case "string" -> logical.equals("uuid") ? Primitive.UUID : Primitive.STRING;
            case "enum" -> Primitive.STRING;
            case "bytes", "fixed" -> bytesType(schema, logical);
            case "record" -> new ColumnType.Struct(fields(schema));
            case "array" -> arrayType(schema, logical);
            case "map" -> {
                JsonNode values = schema.path("values");
                yield new ColumnType.MapOf(Primitive.STRING, type(values), !nullable(values));
            }
            default ->
                    throw Columns.unreadable(
                            "an Avro schema that Sheaf can read",
                            "unknown type '" + type.stringValue() + "'");
        };
    }

    private static Primitive longType(String logical) {
        return switch (logical) {
            case "time-micros" -> Primitive.TIME;
            case "timestamp-micros", "timestamp-millis", "timestamp-nanos" ->
                    Primitive.TIMESTAMP_TZ;
            case "local-timestamp-micros", "local-timestamp-millis", "local-timestamp-nanos" ->
                    Primitive.TIMESTAMP;
            default -> Primitive.LONG;
        };
    }

    private static ColumnType bytesType(JsonNode schema, String logical) {
        return switch (logical) {
            case "decimal" ->
                    new ColumnType.Decimal(
                            schema.path("precision").asInt(1), schema.path("scale").asInt(0));
            case "uuid" -> Primitive.UUID;
            default -> Primitive.BINARY;
        };
    }

    private static ColumnType arrayType(JsonNode schema, String logical) {
        JsonNode items = schema.path("items");
        if (logical.equals("map")) {
            List<ColumnType.Field> entry = fields(items);
            if (entry.size() == 2) {
                return new ColumnType.MapOf(
                        entry.getFirst().type(),
                        entry.getLast().type(),
                        entry.getLast().required());
            }
        }
        return new ColumnType.ListOf(type(items), !nullable(items));
    }

    private static List<ColumnType.Field> fields(JsonNode record) {
        List<ColumnType.Field> fields = new ArrayList<>();
        for (JsonNode field : record.path("fields")) {
            JsonNode type = field.path("type");
            fields.add(new ColumnType.Field(originalName(field), type(type), !nullable(type)));
        }
        return fields;
    }

    private static boolean nullable(JsonNode schema) {
        for (JsonNode branch : schema.isArray() ? schema : FACTORY.arrayNode()) {
            if (branch.asString("").equals("null")) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode withoutNull(JsonNode union) {
        List<JsonNode> branches = new ArrayList<>();
        for (JsonNode branch : union) {
            if (!branch.isString() || !branch.stringValue().equals("null")) {
                branches.add(branch);
            }
        }
        if (branches.size() != 1) {
            throw Columns.unreadable(
                    "an Avro schema that Sheaf can read",
                    "a union of " + branches.size() + " types has no column type");
        }
        return branches.getFirst();
    }

    private static String originalName(JsonNode node) {
        return text(node, NAME).orElseGet(() -> node.path("name").asString(""));
    }

    private static void keepName(ObjectNode node, String name) {
        if (!name(name).equals(name)) {
            node.put(NAME, name);
        }
    }

    /// Avro's form of a name.
    private static String name(String name) {
        String allowed = name.replaceAll("[^A-Za-z0-9_]", "_");
        return allowed.isEmpty() || Character.isDigit(allowed.charAt(0)) ? "_" + allowed : allowed;
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.path(key).isString()
                ? Optional.of(node.path(key).stringValue())
                : Optional.empty();
    }
}
