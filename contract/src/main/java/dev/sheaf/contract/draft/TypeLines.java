package dev.sheaf.contract.draft;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.DuckTypes;

import java.util.ArrayList;
import java.util.List;

/// How ODCS 3.1 writes a type.
final class TypeLines {
    private TypeLines() {}

    /// The options that go under `logicalTypeOptions` for the type itself.
    static List<String> options(ColumnType type) {
        return switch (type) {
            case Primitive primitive ->
                    switch (primitive) {
                        case INT -> List.of("format: i32");
                        case LONG -> List.of("format: i64");
                        case FLOAT -> List.of("format: f32");
                        case DOUBLE -> List.of("format: f64");
                        case TIMESTAMP_TZ -> List.of("timezone: true");
                        case BOOLEAN, DATE, TIME, TIMESTAMP, STRING, UUID, BINARY -> List.of();
                    };
            case ColumnType.Decimal ignored -> List.of();
            case ColumnType.Struct ignored -> List.of();
            case ColumnType.ListOf ignored -> List.of();
            case ColumnType.MapOf ignored -> List.of();
        };
    }

    /// ODCS 3.1 has no maps: they are objects whose physicalType says the rest.
    static String logical(ColumnType type) {
        return switch (type) {
            case Primitive primitive ->
                    switch (primitive) {
                        case BOOLEAN -> "boolean";
                        case INT, LONG -> "integer";
                        case FLOAT, DOUBLE -> "number";
                        case DATE -> "date";
                        case TIME -> "time";
                        case TIMESTAMP, TIMESTAMP_TZ -> "timestamp";
                        case STRING, UUID, BINARY -> "string";
                    };
            case ColumnType.Decimal decimal -> decimal.scale() == 0 ? "integer" : "number";
            case ColumnType.Struct ignored -> "object";
            case ColumnType.ListOf ignored -> "array";
            case ColumnType.MapOf ignored -> "object";
        };
    }

    /// Members and elements of nested types.
    static void nested(YamlWriter yaml, int indent, ColumnType type) {
        switch (type) {
            case ColumnType.Struct struct -> {
                yaml.line(indent, "properties:");
                for (ColumnType.Field field : struct.fields()) {
                    yaml.line(indent + 2, "- name: " + YamlWriter.quoted(field.name()));
                    typed(yaml, indent + 4, field.type());
                }
            }
            case ColumnType.ListOf list -> {
                yaml.line(indent, "items:");
                typed(yaml, indent + 2, list.element());
            }
            case ColumnType.MapOf ignored -> {}
            case ColumnType.Decimal ignored -> {}
            case Primitive ignored -> {}
        }
    }

    private static void typed(YamlWriter yaml, int indent, ColumnType type) {
        yaml.line(indent, "logicalType: " + logical(type));
        yaml.line(indent, "physicalType: " + YamlWriter.quoted(DuckTypes.toSql(type)));
        List<String> options = new ArrayList<>(options(type));
        if (!options.isEmpty()) {
            yaml.line(indent, "logicalTypeOptions:");
            options.forEach(option -> yaml.line(indent + 2, option));
        }
        nested(yaml, indent, type);
    }
}
