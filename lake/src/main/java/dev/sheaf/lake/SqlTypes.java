package dev.sheaf.lake;

import dev.sheaf.contract.DuckTypes;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.util.stream.Collectors;

/// Iceberg's types in DuckDB's SQL.
public final class SqlTypes {
    private SqlTypes() {}

    /// @throws IllegalArgumentException when no contract has such a type
    public static String name(Type type) {
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
                            .map(field -> DuckTypes.quoted(field.name()) + " " + name(field.type()))
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
}
