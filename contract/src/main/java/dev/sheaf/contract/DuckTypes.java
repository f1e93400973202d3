package dev.sheaf.contract;

import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.internal.TypeText;

import java.util.Optional;
import java.util.stream.Collectors;

/// Column types as DuckDB writes them, both ways.
///
/// SQL has no `NOT NULL` inside a type, so the required flags of nested fields are lost on the way
/// out and false on the way in. On the way in small and unsigned integers become the next wider
/// type, enumerations and JSON become text, and nanoseconds become microseconds.
public final class DuckTypes {
    private static final int UBIGINT_DIGITS = 20;
    private static final int DECIMAL_DIGITS_MAX = 38;
    private static final int DECIMAL_DIGITS_DEFAULT = 18;
    private static final int DECIMAL_SCALE_DEFAULT = 3;

    private DuckTypes() {}

    public static String toSql(ColumnType type) {
        return switch (type) {
            case Primitive primitive -> primitive(primitive);
            case ColumnType.Decimal decimal ->
                    "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
            case ColumnType.ListOf list -> toSql(list.element()) + "[]";
            case ColumnType.MapOf map ->
                    "MAP(" + toSql(map.key()) + ", " + toSql(map.value()) + ")";
            case ColumnType.Struct struct ->
                    struct.fields().stream()
                            .map(field -> quoted(field.name()) + " " + toSql(field.type()))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
        };
    }

    /// An identifier in double quotes.
    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// Reads a type as DuckDB prints it (`DESCRIBE`, `typeof`).
    ///
    /// @return empty for types that no table of ours can hold, such as INTERVAL or UNION
    public static Optional<ColumnType> parse(String sql) {
        return TypeText.parse(sql, DuckTypes::simple);
    }

    private static String primitive(Primitive type) {
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

    private static Optional<ColumnType> simple(TypeText.Simple type) {
        return switch (type.name()) {
            case "boolean", "bool", "logical" -> Optional.of(Primitive.BOOLEAN);
            case "tinyint",
                    "int1",
                    "smallint",
                    "int2",
                    "short",
                    "integer",
                    "int4",
                    "int",
                    "signed",
                    "utinyint",
                    "usmallint" ->
                    Optional.of(Primitive.INT);
            case "bigint", "int8", "long", "uinteger" -> Optional.of(Primitive.LONG);
            case "ubigint" -> Optional.of(new ColumnType.Decimal(UBIGINT_DIGITS, 0));
            case "hugeint", "int128", "uhugeint", "bignum", "varint" ->
                    Optional.of(new ColumnType.Decimal(DECIMAL_DIGITS_MAX, 0));
            case "float", "float4", "real" -> Optional.of(Primitive.FLOAT);
            case "double", "float8" -> Optional.of(Primitive.DOUBLE);
            case "decimal", "numeric" -> decimal(type);
            case "date" -> Optional.of(Primitive.DATE);
            case "time", "time_ns", "time with time zone", "timetz" -> Optional.of(Primitive.TIME);
            case "timestamp",
                    "datetime",
                    "timestamp_s",
                    "timestamp_ms",
                    "timestamp_us",
                    "timestamp_ns" ->
                    Optional.of(Primitive.TIMESTAMP);
            case "timestamp with time zone", "timestamptz" -> Optional.of(Primitive.TIMESTAMP_TZ);
            case "varchar",
                    "char",
                    "bpchar",
                    "text",
                    "string",
                    "json",
                    "enum",
                    "bit",
                    "bitstring" ->
                    Optional.of(Primitive.STRING);
            case "uuid" -> Optional.of(Primitive.UUID);
            case "blob", "bytea", "binary", "varbinary" -> Optional.of(Primitive.BINARY);
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnType> decimal(TypeText.Simple type) {
        int precision =
                type.parameters().isEmpty() ? DECIMAL_DIGITS_DEFAULT : type.parameters().getFirst();
        int scale =
                type.parameters().size() > 1
                        ? type.parameters().get(1)
                        : type.parameters().isEmpty() ? DECIMAL_SCALE_DEFAULT : 0;
        return precision < 1 || precision > DECIMAL_DIGITS_MAX || scale > precision
                ? Optional.empty()
                : Optional.of(new ColumnType.Decimal(precision, scale));
    }
}
