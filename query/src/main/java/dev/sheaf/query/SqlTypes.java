package dev.sheaf.query;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.util.stream.Collectors;

/// Iceberg's types in DuckDB's words, and text in its quotes.
final class SqlTypes {
    private SqlTypes() {}

    static String nameOf(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP ->
                    ((Types.TimestampType) type).shouldAdjustToUTC() ? "TIMESTAMPTZ" : "TIMESTAMP";
            case STRING -> "VARCHAR";
            case UUID -> "UUID";
            case FIXED, BINARY -> "BLOB";
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            }
            case STRUCT ->
                    type.asStructType().fields().stream()
                            .map(field -> name(field.name()) + " " + nameOf(field.type()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case LIST -> nameOf(type.asListType().elementType()) + "[]";
            case MAP ->
                    "MAP("
                            + nameOf(type.asMapType().keyType())
                            + ", "
                            + nameOf(type.asMapType().valueType())
                            + ")";
            case TIMESTAMP_NANO, UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY ->
                    throw new IllegalArgumentException("no column of ours has the type " + type);
        };
    }

    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
