package dev.sheaf.query;

import java.util.Map;

/// The columns of a Parquet file as DuckDB reads it without being told a schema.
///
/// @param columns by field id
/// @param complete whether every column has an id and all names differ, so that columns can be
///   chosen by name
record FileShape(Map<Integer, Column> columns, boolean complete) {
    FileShape {
        columns = Map.copyOf(columns);
    }

    /// @param type in DuckDB's words
    record Column(String name, String type) {}
}
