package dev.sheaf.contract.convert;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A table's rows as JSON Schema 2020-12, both ways.
///
/// Types go out with the formats of the OpenAPI registry (`int32`, `int64`, `float`, `double`,
/// `decimal`, `date-time-local`, …) and come back from them whole. Lost: keys, partitions, rules,
/// names in the source. Keys of maps are text in JSON; their type is kept in `propertyNames`.
public final class JsonSchemaText {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final int DECIMAL_DIGITS_MAX = 38;

    /// Bounds of decimals have more digits than a double.
    private static final JsonMapper EXACT =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private JsonSchemaText() {}

    public static String write(TableContract table) {
        ObjectNode schema = FACTORY.objectNode().put("$schema", DIALECT);
        schema.put("title", table.name());
        table.description().ifPresent(text -> schema.put("description", text));
        struct(schema, Columns.fields(table), false);
        ObjectNode properties = (ObjectNode) schema.path("properties");
        for (ColumnContract column : table.columns()) {
            describe((ObjectNode) properties.path(column.name()), column);
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(schema);
    }

    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when it is no JSON Schema of an object
    public static TableContract read(String text) {
        JsonNode schema;
        try {
            schema = EXACT.readTree(text);
        } catch (JacksonException e) {
            throw Columns.unreadable("JSON", e.getOriginalMessage());
        }
        if (!(type(schema) instanceof ColumnType.Struct struct)) {
            throw Columns.unreadable("the schema of a table", "its type must be object");
        }
        List<ColumnContract> columns = new ArrayList<>();
        for (ColumnType.Field field : struct.fields()) {
            JsonNode property = schema.path("properties").path(field.name());
            columns.add(
                    Columns.column(
                            field, text(property, "description"), constraints(property, field)));
        }
        return Columns.table(
                text(schema, "title").orElse("table"), text(schema, "description"), columns);
    }

    private static void describe(ObjectNode node, ColumnContract column) {
        column.description().ifPresent(text -> node.put("description", text));
        ValueConstraints constraints = column.constraints();
        constraints.minLength().ifPresent(value -> node.put("minLength", value));
        constraints.maxLength().ifPresent(value -> node.put("maxLength", value));
        constraints.pattern().ifPresent(value -> node.put("pattern", value));
        constraints.minItems().ifPresent(value -> node.put("minItems", value));
        constraints.maxItems().ifPresent(value -> node.put("maxItems", value));
        if (constraints.uniqueItems()) {
            node.put("uniqueItems", true);
        }
        if (column.type() == Primitive.STRING) {
            constraints.format().ifPresent(value -> node.put("format", value));
        }
        if (isNumber(column.type())) {
            number(node, "minimum", constraints.minimum());
            number(node, "maximum", constraints.maximum());
            number(node, "exclusiveMinimum", constraints.exclusiveMinimum());
            number(node, "exclusiveMaximum", constraints.exclusiveMaximum());
        }
        if (!constraints.allowedValues().isEmpty()) {
            ArrayNode values = node.putArray("enum");
            for (String value : constraints.allowedValues()) {
                if (isNumber(column.type()) && isNumber(value)) {
                    values.add(new BigDecimal(value));
                } else {
                    values.add(value);
                }
            }
            if (!column.required() && !column.primaryKey()) {
                values.addNull();
            }
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?\\d{1,60}(\\.\\d{1,60})?");
    }

    private static boolean isNumber(ColumnType type) {
        return switch (type) {
            case Primitive primitive ->
                    primitive == Primitive.INT
                            || primitive == Primitive.LONG
                            || primitive == Primitive.FLOAT
                            || primitive == Primitive.DOUBLE;
            case ColumnType.Decimal ignored -> true;
            case ColumnType.Struct ignored -> false;
            case ColumnType.ListOf ignored -> false;
            case ColumnType.MapOf ignored -> false;
        };
    }

    private static void number(ObjectNode node, String key, Optional<String> value) {
        value.filter(JsonSchemaText::isNumber)
                .ifPresent(text -> node.put(key, new BigDecimal(text)));
    }

    private static ObjectNode schema(ColumnType type, boolean required) {
        ObjectNode node = FACTORY.objectNode();
        switch (type) {
            case Primitive primitive -> primitive(node, primitive, required);
            case ColumnType.Decimal decimal -> decimal(node, decimal, required);
            case ColumnType.Struct struct -> struct(node, struct.fields(), !required);
            case ColumnType.ListOf list -> {
                type(node, "array", required);
                node.set("items", schema(list.element(), list.elementRequired()));
            }
            case ColumnType.MapOf map -> {
                type(node, "object", required);
                if (map.key() != Primitive.STRING) {
                    node.set("propertyNames", schema(map.key(), true));
                }
                node.set("additionalProperties", schema(map.value(), map.valueRequired()));
            }
        }
        return node;
    }

    private static void struct(ObjectNode node, List<ColumnType.Field> fields, boolean nullable) {
        type(node, "object", !nullable);
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = FACTORY.arrayNode();
        for (ColumnType.Field field : fields) {
            properties.set(field.name(), schema(field.type(), field.required()));
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        node.put("additionalProperties", false);
    }

    private static void type(ObjectNode node, String name, boolean required) {
        if (required) {
            node.put("type", name);
        } else {
            node.putArray("type").add(name).add("null");
        }
    }

    private static void primitive(ObjectNode node, Primitive type, boolean required) {
        String name =
                switch (type) {
                    case BOOLEAN -> "boolean";
                    case INT, LONG -> "integer";
                    case FLOAT, DOUBLE -> "number";
                    case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, STRING, UUID, BINARY -> "string";
                };
        type(node, name, required);
        switch (type) {
            case BOOLEAN, STRING -> {}
            case INT -> node.put("format", "int32");
            case LONG -> node.put("format", "int64");
            case FLOAT -> node.put("format", "float");
            case DOUBLE -> node.put("format", "double");
            case DATE -> node.put("format", "date");
            case TIME -> node.put("format", "time-local");
            case TIMESTAMP -> node.put("format", "date-time-local");
            case TIMESTAMP_TZ -> node.put("format", "date-time");
            case UUID -> node.put("format", "uuid");
            case BINARY -> node.put("contentEncoding", "base64");
        }
    }

    private static void decimal(ObjectNode node, ColumnType.Decimal type, boolean required) {
        type(node, "number", required);
        node.put("format", "decimal");
        node.put("multipleOf", BigDecimal.ONE.scaleByPowerOfTen(-type.scale()));
        BigDecimal bound =
                new BigDecimal(
                        BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE),
                        type.scale());
        node.put("minimum", bound.negate());
        node.put("maximum", bound);
    }

    private static ColumnType type(JsonNode schema) {
        String format = schema.path("format").asString("");
        return switch (typeName(schema)) {
            case "boolean" -> Primitive.BOOLEAN;
            case "integer" -> format.equals("int32") ? Primitive.INT : Primitive.LONG;
            case "number" -> numberType(schema, format);
            case "array" -> {
                JsonNode items = schema.path("items");
                yield new ColumnType.ListOf(type(items), isRequired(items));
            }
            case "object" -> objectType(schema);
            default -> stringType(schema, format);
        };
    }

    private static ColumnType numberType(JsonNode schema, String format) {
        if (format.equals("float")) {
            return Primitive.FLOAT;
        }
        if (!format.equals("decimal")) {
            return Primitive.DOUBLE;
        }
        BigDecimal step = schema.path("multipleOf").decimalValue(BigDecimal.ONE);
        int scale = Math.clamp(step.stripTrailingZeros().scale(), 0, DECIMAL_DIGITS_MAX);
        BigDecimal bound = schema.path("maximum").decimalValue(BigDecimal.ZERO);
        int whole = bound.signum() == 0 ? DECIMAL_DIGITS_MAX : bound.precision() - bound.scale();
        return new ColumnType.Decimal(
                Math.clamp(whole + (long) scale, Math.max(1, scale), DECIMAL_DIGITS_MAX), scale);
    }

    private static ColumnType objectType(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        JsonNode values = schema.path("additionalProperties");
        if (properties.isMissingNode() && values.isObject()) {
            JsonNode keys = schema.path("propertyNames");
            return new ColumnType.MapOf(
                    keys.isObject() && keys.has("type") ? type(keys) : Primitive.STRING,
                    type(values),
                    isRequired(values));
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        List<ColumnType.Field> fields = new ArrayList<>();
        properties
                .properties()
                .forEach(entry ->
                        fields.add(
                                new ColumnType.Field(
                                        entry.getKey(),
                                        type(entry.getValue()),
                                        required.contains(entry.getKey()))));
        return new ColumnType.Struct(fields);
    }

    private static ColumnType stringType(JsonNode schema, String format) {
        return switch (format) {
            case "date" -> Primitive.DATE;
            case "time", "time-local" -> Primitive.TIME;
            case "date-time-local" -> Primitive.TIMESTAMP;
            case "date-time" -> Primitive.TIMESTAMP_TZ;
            case "uuid" -> Primitive.UUID;
            default -> schema.has("contentEncoding") ? Primitive.BINARY : Primitive.STRING;
        };
    }

    private static String typeName(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode name : type.isArray() ? type : FACTORY.arrayNode().add(type)) {
            if (!name.asString("").equals("null")) {
                return name.asString("");
            }
        }
        return schema.has("properties") ? "object" : "string";
    }

    private static boolean isRequired(JsonNode schema) {
        JsonNode type = schema.path("type");
        for (JsonNode name : type) {
            if (name.asString("").equals("null")) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.path(key).isString()
                ? Optional.of(node.path(key).stringValue())
                : Optional.empty();
    }

    private static ValueConstraints constraints(JsonNode node, ColumnType.Field field) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode value : node.path("enum")) {
            if (!value.isNull()) {
                allowed.add(value.asString());
            }
        }
        boolean bounded = isNumber(field.type()) && !(field.type() instanceof ColumnType.Decimal);
        return new ValueConstraints(
                whole(node, "minLength"),
                whole(node, "maxLength"),
                text(node, "pattern"),
                field.type() == Primitive.STRING ? text(node, "format") : Optional.empty(),
                bounded ? bound(node, "minimum") : Optional.empty(),
                bounded ? bound(node, "maximum") : Optional.empty(),
                bound(node, "exclusiveMinimum"),
                bound(node, "exclusiveMaximum"),
                bounded ? bound(node, "multipleOf") : Optional.empty(),
                whole(node, "minItems"),
                whole(node, "maxItems"),
                node.path("uniqueItems").asBoolean(false),
                allowed);
    }

    private static java.util.OptionalInt whole(JsonNode node, String key) {
        return node.path(key).canConvertToInt()
                ? java.util.OptionalInt.of(node.path(key).intValue())
                : java.util.OptionalInt.empty();
    }

    private static Optional<String> bound(JsonNode node, String key) {
        return node.path(key).isNumber()
                ? Optional.of(node.path(key).decimalValue().toPlainString())
                : Optional.empty();
    }
}
