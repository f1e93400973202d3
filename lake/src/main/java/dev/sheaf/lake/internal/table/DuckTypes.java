package dev.sheaf.lake.internal.table;

import org.apache.iceberg.types.Types.NestedField;

import java.util.List;
import java.util.stream.Collectors;

/// Names and field ids in DuckDB's SQL.
final class DuckTypes {
    private DuckTypes() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
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
