package dev.sheaf.query;

import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.TableResolver.ResolvedTable;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    ///
    /// @param files grouped by shape
    String createView(Map<Optional<FileShape>, List<Path>> files) {
        String select =
                schema.columns().stream()
                        .map(column -> masked(column.name()))
                        .collect(Collectors.joining(", "));
        String from =
                files.isEmpty()
                        ? "(" + nothing() + ")"
                        : files.entrySet().stream()
                                .map(group -> scan(group.getKey(), group.getValue()))
                                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
        return "CREATE TEMP VIEW "
                + SqlTypes.name(viewName)
                + " AS SELECT "
                + select
                + " FROM "
                + from
                + " AS release"
                + decision.rowFilter().map(filter -> " WHERE (" + filter + ")").orElse("");
    }

    /// What is read of it, for the record, without its columns.
    TableRead read() {
        return read(Map.of());
    }

    /// What is read of it, for the record.
    ///
    /// @param columns by view; nothing when it is not known which
    TableRead read(Map<String, Set<String>> columns) {
        return new TableRead(
                table.product(),
                table.release(),
                decision.masks().keySet().stream().sorted().toList(),
                decision.rowFilter().isPresent(),
                decision.revision(),
                Optional.empty(),
                Optional.ofNullable(columns.get(viewName)));
    }

    /// The view without its files, for people.
    RewrittenQuery.View shown() {
        String select =
                schema.columns().stream()
                        .map(column -> masked(column.name()))
                        .collect(Collectors.joining(", "));
        String from = table.product() + " AT (VERSION => " + table.release() + ")";
        return new RewrittenQuery.View(
                table.product(),
                table.release(),
                viewName,
                "SELECT "
                        + select
                        + " FROM "
                        + from
                        + decision.rowFilter().map(filter -> " WHERE (" + filter + ")").orElse(""));
    }

    /// With the view's columns.
    Shadow shadow() {
        return new Shadow(
                viewName,
                schema.columns().stream()
                        .map(column -> new Column(column.name(), SqlTypes.nameOf(column.type())))
                        .toList());
    }

    private String masked(String column) {
        String name = SqlTypes.name(column);
        String mask = decision.masks().get(column);
        return mask == null ? name : "(" + mask + ") AS " + name;
    }

    private String nothing() {
        return schema.columns().stream()
                .map(GovernedTable::missing)
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }

    private String scan(Optional<FileShape> shape, List<Path> files) {
        String paths =
                files.stream()
                        .map(path -> SqlTypes.text(path.toString()))
                        .collect(Collectors.joining(",", "[", "]"));
        return shape.flatMap(this::chosenByName)
                .map(columns ->
                        "SELECT "
                                + columns
                                + " FROM read_parquet("
                                + paths
                                + ", hive_partitioning = false)")
                .orElseGet(() -> scanByFieldId(paths));
    }

    /// Empty when a nested column has changed within, which only reading by field id resolves.
    private Optional<String> chosenByName(FileShape shape) {
        List<String> columns = new ArrayList<>();
        for (Types.NestedField column : schema.columns()) {
            FileShape.Column stored = shape.columns().get(column.fieldId());
            String type = SqlTypes.nameOf(column.type());
            String name = SqlTypes.name(column.name());
            if (stored == null) {
                columns.add(missing(column));
            } else if (isSameType(stored.type(), type)) {
                columns.add(SqlTypes.name(stored.name()) + " AS " + name);
            } else if (column.type().isPrimitiveType()) {
                columns.add(
                        "CAST(" + SqlTypes.name(stored.name()) + " AS " + type + ") AS " + name);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(String.join(", ", columns));
    }

    private static boolean isSameType(String stored, String wanted) {
        return stored.replace("\"", "").equals(wanted.replace("\"", ""));
    }

    private static String missing(Types.NestedField column) {
        return "CAST(NULL AS "
                + SqlTypes.nameOf(column.type())
                + ") AS "
                + SqlTypes.name(column.name());
    }

    private String scanByFieldId(String paths) {
        String select =
                schema.columns().stream()
                        .map(column -> SqlTypes.name(column.name()))
                        .collect(Collectors.joining(", "));
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
        return "SELECT "
                + select
                + " FROM read_parquet("
                + paths
                + ", hive_partitioning = false, schema = "
                + columns
                + ")";
    }
}
