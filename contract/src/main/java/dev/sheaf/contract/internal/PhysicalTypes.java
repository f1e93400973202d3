package dev.sheaf.contract.internal;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;

import java.util.List;
import java.util.Optional;

/// What ODCS `physicalType` texts of the usual engines mean. Where engines disagree the wider type
/// is taken: a plain `float` is 64 bits wide, as most databases have it.
final class PhysicalTypes {
    private static final int DECIMAL_DIGITS_MAX = 38;
    private static final int DECIMAL_SCALE_DEFAULT = 9;

    private PhysicalTypes() {}

    static Optional<ColumnType> parse(String text) {
        return TypeText.parse(text.strip(), PhysicalTypes::simple);
    }

    static Optional<ColumnType> simple(TypeText.Simple type) {
        return switch (type.name()) {
            case "decimal", "numeric", "number", "dec", "bignumeric", "decimal128", "decimal256" ->
                    decimal(type.parameters());
            case "bit" ->
                    Optional.of(type.parameters().isEmpty() ? Primitive.BOOLEAN : Primitive.BINARY);
            default -> primitive(type.name());
        };
    }

    private static Optional<ColumnType> primitive(String name) {
        return switch (name) {
            case "boolean", "bool", "logical" -> Optional.of(Primitive.BOOLEAN);
            case "int",
                    "integer",
                    "int4",
                    "int32",
                    "mediumint",
                    "smallint",
                    "int2",
                    "int16",
                    "short",
                    "tinyint",
                    "int1",
                    "int8 signed",
                    "byteint",
                    "byte",
                    "smallserial",
                    "serial",
                    "uint8",
                    "uint16",
                    "utinyint",
                    "usmallint",
                    "tinyint unsigned",
                    "smallint unsigned",
                    "mediumint unsigned",
                    "int signed",
                    "integer signed" ->
                    Optional.of(Primitive.INT);
            case "bigint",
                    "long",
                    "int8",
                    "int64",
                    "bigserial",
                    "uint32",
                    "uinteger",
                    "int unsigned",
                    "integer unsigned",
                    "bigint signed" ->
                    Optional.of(Primitive.LONG);
            case "real", "float4", "float32", "binary_float" -> Optional.of(Primitive.FLOAT);
            case "double", "double precision", "float", "float8", "float64", "binary_double" ->
                    Optional.of(Primitive.DOUBLE);
            case "date", "date32" -> Optional.of(Primitive.DATE);
            case "time", "time without time zone", "timetz", "time with time zone" ->
                    Optional.of(Primitive.TIME);
            case "timestamp",
                    "timestamp without time zone",
                    "timestamp_ntz",
                    "timestampntz",
                    "timestamp_s",
                    "timestamp_ms",
                    "timestamp_us",
                    "timestamp_ns",
                    "datetime",
                    "datetime2",
                    "datetime64",
                    "smalldatetime",
                    "localtimestamp" ->
                    Optional.of(Primitive.TIMESTAMP);
            case "timestamptz",
                    "timestamp with time zone",
                    "timestamp_tz",
                    "timestamp_ltz",
                    "timestampltz",
                    "timestamp with local time zone",
                    "datetimeoffset",
                    "instant" ->
                    Optional.of(Primitive.TIMESTAMP_TZ);
            case "string",
                    "varchar",
                    "varchar2",
                    "nvarchar",
                    "nvarchar2",
                    "char",
                    "character",
                    "nchar",
                    "bpchar",
                    "text",
                    "tinytext",
                    "mediumtext",
                    "longtext",
                    "ntext",
                    "clob",
                    "nclob",
                    "enum",
                    "character varying",
                    "national character varying",
                    "fixedstring",
                    "citext",
                    "name",
                    "utf8",
                    "large_string" ->
                    Optional.of(Primitive.STRING);
            case "uuid", "uniqueidentifier", "guid" -> Optional.of(Primitive.UUID);
            case "binary",
                    "varbinary",
                    "blob",
                    "bytea",
                    "bytes",
                    "raw",
                    "long raw",
                    "tinyblob",
                    "mediumblob",
                    "longblob",
                    "image",
                    "rowversion",
                    "binary varying" ->
                    Optional.of(Primitive.BINARY);
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnType> decimal(List<Integer> parameters) {
        int precision = parameters.isEmpty() ? DECIMAL_DIGITS_MAX : parameters.getFirst();
        int scale =
                parameters.isEmpty()
                        ? DECIMAL_SCALE_DEFAULT
                        : parameters.size() > 1 ? parameters.get(1) : 0;
        return precision < 1 || precision > DECIMAL_DIGITS_MAX || scale > precision
                ? Optional.empty()
                : Optional.of(new ColumnType.Decimal(precision, scale));
    }
}
