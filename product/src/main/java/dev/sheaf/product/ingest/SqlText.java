package dev.sheaf.product.ingest;

import dev.sheaf.contract.ColumnType;

import java.util.stream.Collectors;

/// Names, texts and types as they stand in DuckDB's SQL.
public final class SqlText {
    private SqlText() {}

    /// A quoted identifier.
    public static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /// A string literal; a NUL, which no literal can hold, is refused.
    public static String text(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a SQL literal cannot hold NUL");
        }
        return "'" + value.replace("'", "''") + "'";
    }

    /// The DuckDB type that Iceberg's and Parquet's type of that name is written from.
    public static String type(ColumnType type) {
        return switch (type) {
            case ColumnType.Primitive primitive -> primitive(primitive);
            case ColumnType.Decimal decimal ->
                    "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case ColumnType.Struct struct ->
                    struct.fields().stream()
                            .map(field -> name(field.name()) + " " + type(field.type()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case ColumnType.ListOf list -> type(list.element()) + "[]";
            case ColumnType.MapOf map -> "MAP(" + type(map.key()) + ", " + type(map.value()) + ")";
        };
    }

    private static String primitive(ColumnType.Primitive type) {
        return switch (type) {
            case BOOLEAN -> "BOOLEAN";
            case INT -> "INTEGER";
            case LONG -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
            case STRING -> "VARCHAR";
            case UUID -> "UUID";
            case BINARY -> "BLOB";
        };
    }
}
