package dev.sheaf.contract;

import java.util.List;

/// The types that a contract's columns can have: those that ODCS, Iceberg v2, Parquet, JSON Schema
/// and Avro can all carry without loss.
public sealed interface ColumnType {
    /// Types without parameters. Timestamps have microseconds; `TIMESTAMP_TZ` is an instant in UTC,
    /// `TIMESTAMP` a local date and time.
    enum Primitive implements ColumnType {
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_TZ,
        STRING,
        UUID,
        BINARY
    }

    /// @param precision decimal digits in all, 1 to 38
    /// @param scale of them after the point, 0 to `precision`
    record Decimal(int precision, int scale) implements ColumnType {
        public Decimal {
            if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
            }
        }
    }

    /// @param fields in order; names are unique without regard to case
    record Struct(List<Field> fields) implements ColumnType {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /// A member of a [Struct].
    record Field(String name, ColumnType type, boolean required) {}

    record ListOf(ColumnType element, boolean elementRequired) implements ColumnType {}

    /// Keys are never null.
    record MapOf(ColumnType key, ColumnType value, boolean valueRequired) implements ColumnType {}
}
