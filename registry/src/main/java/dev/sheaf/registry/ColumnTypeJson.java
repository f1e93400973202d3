package dev.sheaf.registry;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;

/// Columns' types in JSON: `"long"`, `{"decimal": [10, 2]}`, `{"list": …, "required": …}`, `{"map":
/// …, "value": …, "required": …}`, `{"struct": [{"name", "type", "required"}]}`.
final class ColumnTypeJson {
    private static final int DEPTH_MAX = 64;

    private ColumnTypeJson() {}

    static JsonNode of(ColumnType type) {
        return switch (type) {
            case ColumnType.Primitive primitive -> StringNode.valueOf(Words.of(primitive));
            case ColumnType.Decimal decimal -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.putArray("decimal").add(decimal.precision()).add(decimal.scale());
                yield json;
            }
            case ColumnType.ListOf list -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.set("list", of(list.element()));
                json.put("required", list.elementRequired());
                yield json;
            }
            case ColumnType.MapOf map -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                json.set("map", of(map.key()));
                json.set("value", of(map.value()));
                json.put("required", map.valueRequired());
                yield json;
            }
            case ColumnType.Struct struct -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                ArrayNode fields = json.putArray("struct");
                for (ColumnType.Field field : struct.fields()) {
                    ObjectNode each = fields.addObject();
                    each.put("name", field.name());
                    each.set("type", of(field.type()));
                    each.put("required", field.required());
                }
                yield json;
            }
        };
    }

    /// @throws Problem INVALID_VALUE for what is no type
    static ColumnType read(JsonNode json) {
        return read(json, 0);
    }

    private static ColumnType read(JsonNode json, int depth) {
        if (depth > DEPTH_MAX) {
            throw wrong(json);
        }
        if (json.isString()) {
            return primitive(json);
        }
        Members members = new Members(json);
        if (members.has("decimal")) {
            return decimal(members.node("decimal"));
        } else if (members.has("list")) {
            return new ColumnType.ListOf(
                    read(members.node("list"), depth + 1), members.flag("required"));
        } else if (members.has("map")) {
            return new ColumnType.MapOf(
                    read(members.node("map"), depth + 1),
                    read(members.node("value"), depth + 1),
                    members.flag("required"));
        }
        List<ColumnType.Field> fields =
                new ArrayList<>(
                        members.objects(
                                "struct",
                                field ->
                                        new ColumnType.Field(
                                                field.text("name"),
                                                read(field.node("type"), depth + 1),
                                                field.flag("required"))));
        return new ColumnType.Struct(fields);
    }

    private static ColumnType primitive(JsonNode json) {
        for (ColumnType.Primitive each : ColumnType.Primitive.values()) {
            if (Words.of(each).equals(json.stringValue())) {
                return each;
            }
        }
        throw wrong(json);
    }

    private static ColumnType decimal(JsonNode json) {
        if (json.size() != 2 || !json.path(0).isInt() || !json.path(1).isInt()) {
            throw wrong(json);
        }
        int precision = json.path(0).intValue();
        int scale = json.path(1).intValue();
        if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
            throw wrong(json);
        }
        return new ColumnType.Decimal(precision, scale);
    }

    private static Problem wrong(JsonNode json) {
        String shown = json.toString();
        return new Problem(
                ProblemCode.INVALID_VALUE,
                shown.substring(0, Math.min(80, shown.length())) + " is no type of columns");
    }
}
