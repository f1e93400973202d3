package dev.sheaf.lake.internal.table;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.util.List;
import java.util.stream.Collectors;

/// Iceberg types and names in DuckDB's SQL.
final class DuckTypes {
    private DuckTypes() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    static String name(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP ->
                    ((Types.TimestampType) type).shouldAdjustToUTC()
                            ? "TIMESTAMP WITH TIME ZONE"
                            : "TIMESTAMP";
            case STRING -> "VARCHAR";
            case UUID -> "UUID";
            case BINARY -> "BLOB";
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            }
            case STRUCT ->
                    type.asStructType().fields().stream()
                            .map(field -> quoted(field.name()) + " " + name(field.type()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case LIST -> name(type.asListType().elementType()) + "[]";
            case MAP ->
                    "MAP("
                            + name(type.asMapType().keyType())
                            + ", "
                            + name(type.asMapType().valueType())
                            + ")";
            case FIXED, TIMESTAMP_NANO, VARIANT, GEOMETRY, GEOGRAPHY, UNKNOWN ->
                    throw new IllegalArgumentException(
                            type + " is no type of a contract: this table is not Sheaf's own");
        };
    }

    /// The value of COPY's option FIELD_IDS.
    static String fieldIds(List<NestedField> fields) {
        return fields.stream()
                .map(field -> quoted(field.name()) + ": " + fieldId(field))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String fieldId(NestedField field) {
        if (field.type().isPrimitiveType()) {
            return Integer.toString(field.fieldId());
        }
        return "{__duckdb_field_id: "
                + field.fieldId()
                + ", "
                + fieldIds(field.type().asNestedType().fields()).substring(1);
    }
}
