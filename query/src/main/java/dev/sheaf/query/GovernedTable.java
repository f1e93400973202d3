package dev.sheaf.query;

import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.TableResolver.ResolvedTable;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A release together with what its caller may see of it: the only form in which a statement meets
/// data.
///
/// @param viewName what the rewritten statement calls it
/// @param schema of the release
record GovernedTable(String viewName, ResolvedTable table, Schema schema, Decision.Allow decision) {

    /// The view: columns by field id, so that files written before a column was renamed, added or
    /// widened read as the release's schema says; masks in the place of their columns; then the row
    /// filter.
    String createView(List<Path> files) {
        String select =
                schema.columns().stream()
                        .map(column -> selected(column, files.isEmpty()))
                        .collect(Collectors.joining(", "));
        String from = files.isEmpty() ? " WHERE false" : " FROM " + scan(files) + where();
        return "CREATE TEMP VIEW " + SqlTypes.name(viewName) + " AS SELECT " + select + from;
    }

    /// A table of one empty row with the view's columns: to plan and to explain statements without
    /// showing how the view is made.
    String createShadow() {
        return schema.columns().stream()
                .map(column ->
                        "CAST(NULL AS "
                                + SqlTypes.nameOf(column.type())
                                + ") AS "
                                + SqlTypes.name(column.name()))
                .collect(
                        Collectors.joining(
                                ", ",
                                "CREATE TEMP TABLE " + SqlTypes.name(viewName) + " AS SELECT ",
                                ""));
    }

    private String selected(Types.NestedField column, boolean empty) {
        String name = SqlTypes.name(column.name());
        if (empty) {
            return "CAST(NULL AS " + SqlTypes.nameOf(column.type()) + ") AS " + name;
        }
        String mask = decision.masks().get(column.name());
        return mask == null ? name : "(" + mask + ") AS " + name;
    }

    private String where() {
        return decision.rowFilter().map(filter -> " WHERE (" + filter + ")").orElse("");
    }

    private String scan(List<Path> files) {
        String paths =
                files.stream()
                        .map(path -> SqlTypes.text(path.toString()))
                        .collect(Collectors.joining(",", "[", "]"));
        String columns =
                schema.columns().stream()
                        .map(column ->
                                column.fieldId()
                                        + ": {name: "
                                        + SqlTypes.text(column.name())
                                        + ", type: "
                                        + SqlTypes.text(SqlTypes.nameOf(column.type()))
                                        + ", default_value: NULL}")
                        .collect(Collectors.joining(", ", "MAP {", "}"));
        return "read_parquet("
                + paths
                + ", hive_partitioning = false, schema = "
                + columns
                + ") AS release";
    }
}
