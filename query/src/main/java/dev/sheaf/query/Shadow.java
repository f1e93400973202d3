package dev.sheaf.query;

import java.util.List;
import java.util.stream.Collectors;

/// A temporary table of one empty row in the place of a view: statements can be bound, planned and
/// explained on it without meeting data, and without showing how the view is made.
///
/// @param name the view's
/// @param columns the view's, in order
record Shadow(String name, List<Column> columns) {
    Shadow {
        columns = List.copyOf(columns);
    }

    String create() {
        return columns.stream()
                .map(column -> "CAST(NULL AS " + column.type() + ") AS " + column.quoted())
                .collect(
                        Collectors.joining(
                                ", ",
                                "CREATE TEMP TABLE " + SqlTypes.name(name) + " AS SELECT ",
                                ""));
    }

    String drop() {
        return "DROP TABLE temp." + SqlTypes.name(name);
    }

    /// The same as if the table had one column less; of a table of one column, none is left.
    Shadow without(Column column) {
        return new Shadow(name, columns.stream().filter(other -> !other.equals(column)).toList());
    }
}
