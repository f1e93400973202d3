package dev.sheaf.contract;

import java.util.List;
import java.util.Optional;

/// A relationship of the type `foreignKey`: columns of a table whose values are those of columns of
/// a table. Nothing holds data to it.
///
/// @param columns of the table that has it, at the top level
/// @param document the file or address of the contract that the other table stands in, as written;
///   empty for the same contract
/// @param table the other table's name; it may be the same table
/// @param references the other table's columns, one for each of `columns`
public record ForeignKey(
        List<String> columns, Optional<String> document, String table, List<String> references) {
    /// @throws IllegalArgumentException when columns do not correspond
    public ForeignKey {
        columns = List.copyOf(columns);
        references = List.copyOf(references);
        if (columns.isEmpty() || columns.size() != references.size()) {
            throw new IllegalArgumentException(columns + " do not correspond to " + references);
        }
    }
}
