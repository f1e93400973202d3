package dev.sheaf.contract.convert;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.convert.ParquetParser.Field;
import dev.sheaf.contract.convert.ParquetParser.Group;
import dev.sheaf.contract.convert.ParquetParser.Leaf;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the parts of a Parquet schema mean
/// (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md).
final class ParquetTypes {
    private static final Pattern DECIMAL =
            Pattern.compile("decimal\\((\\d{1,2})(?:,(\\d{1,2}))?\\)");

    private ParquetTypes() {}

    static List<ColumnType.Field> fields(Group group) {
        return group.fields().stream()
                .map(field -> new ColumnType.Field(field.name(), type(field), !isOptional(field)))
                .toList();
    }

    private static ColumnType type(Field field) {
        ColumnType once =
                switch (field) {
                    case Leaf leaf -> leaf(leaf);
                    case Group group -> group(group);
                };
        // A repeated field without LIST around it is a list of required elements.
        return field.repetition().equals("repeated") ? new ColumnType.ListOf(once, true) : once;
    }

    private static boolean isOptional(Field field) {
        return field.repetition().equals("optional");
    }

    private static ColumnType group(Group group) {
        return switch (ParquetText.word(group.annotation())) {
            case "list" -> list(group);
            case "map", "map_key_value" -> map(group);
            default -> new ColumnType.Struct(fields(group));
        };
    }

    private static ColumnType list(Group group) {
        Field repeated = only(group);
        if (repeated instanceof Group inner && inner.fields().size() == 1) {
            Field element = inner.fields().getFirst();
            return new ColumnType.ListOf(type(element), !isOptional(element));
        }
        ColumnType element =
                switch (repeated) {
                    case Leaf leaf -> leaf(leaf);
                    case Group inner -> new ColumnType.Struct(fields(inner));
                };
        return new ColumnType.ListOf(element, true);
    }

    private static ColumnType map(Group group) {
        if (only(group) instanceof Group entry && entry.fields().size() == 2) {
            Field value = entry.fields().getLast();
            return new ColumnType.MapOf(
                    type(entry.fields().getFirst()), type(value), !isOptional(value));
        }
        throw Columns.unreadable(
                "a Parquet schema", "'" + group.name() + "' is no map of keys and values");
    }

    private static Field only(Group group) {
        if (group.fields().size() != 1) {
            throw Columns.unreadable(
                    "a Parquet schema", "'" + group.name() + "' must hold one repeated field");
        }
        return group.fields().getFirst();
    }

    private static ColumnType leaf(Leaf leaf) {
        String annotation = ParquetText.word(leaf.annotation());
        Matcher decimal = DECIMAL.matcher(annotation);
        if (decimal.matches()) {
            String scale = decimal.group(2);
            return new ColumnType.Decimal(
                    Integer.parseInt(decimal.group(1)),
                    scale == null ? 0 : Integer.parseInt(scale));
        }
        return switch (leaf.storage()) {
            case "boolean" -> Primitive.BOOLEAN;
            case "int32" ->
                    switch (annotation) {
                        case "date" -> Primitive.DATE;
                        case "uint_32", "integer(32,false)" -> Primitive.LONG;
                        default -> annotation.startsWith("time") ? Primitive.TIME : Primitive.INT;
                    };
            case "int64" -> longType(annotation);
            case "int96" -> Primitive.TIMESTAMP_TZ;
            case "float" -> Primitive.FLOAT;
            case "double" -> Primitive.DOUBLE;
            case "binary", "fixed_len_byte_array" ->
                    switch (annotation) {
                        case "string", "utf8", "enum", "json" -> Primitive.STRING;
                        case "uuid" -> Primitive.UUID;
                        default -> Primitive.BINARY;
                    };
            default ->
                    throw Columns.unreadable(
                            "a Parquet schema", "unknown type '" + leaf.storage() + "'");
        };
    }

    private static ColumnType longType(String annotation) {
        if (annotation.startsWith("timestamp")) {
            return annotation.endsWith(",false)") ? Primitive.TIMESTAMP : Primitive.TIMESTAMP_TZ;
        }
        if (annotation.startsWith("time")) {
            return Primitive.TIME;
        }
        return annotation.equals("uint_64") || annotation.equals("integer(64,false)")
                ? new ColumnType.Decimal(20, 0)
                : Primitive.LONG;
    }
}
