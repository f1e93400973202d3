package dev.sheaf.query;

/// A column of a table or of a query's result.
///
/// @param type in DuckDB's words
record Column(String name, String type) {
    String quoted() {
        return SqlTypes.name(name);
    }

    boolean isFloating() {
        return type.equals("FLOAT") || type.equals("DOUBLE");
    }

    boolean isWhole() {
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> true;
            default -> false;
        };
    }

    /// Whether two values are equal exactly when their texts are, and whether they have an order.
    boolean isKey() {
        return isWhole()
                || type.equals("VARCHAR")
                || type.equals("DATE")
                || type.equals("UUID")
                || type.startsWith("DECIMAL");
    }
}
