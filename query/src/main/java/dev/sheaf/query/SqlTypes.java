package dev.sheaf.query;

import org.apache.iceberg.types.Type;

/// Iceberg's types in DuckDB's words, and text in its quotes.

final class SqlTypes {
    private SqlTypes() {}

    /// @throws IllegalArgumentException when no contract has such a type
    static String nameOf(Type type) {
        return dev.sheaf.lake.SqlTypes.name(type);
    }

    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
