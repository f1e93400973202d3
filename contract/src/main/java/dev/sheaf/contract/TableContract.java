package dev.sheaf.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One object of a contract's `schema`: a table.
///
/// @param name its logical name
/// @param physicalName the name it has in a store, if it differs
/// @param columns in order
/// @param quality the rules stated for the whole table
/// @param foreignKeys those of the whole table, then those of its columns
public record TableContract(
        String name,
        Optional<String> physicalName,
        Optional<String> description,
        List<ColumnContract> columns,
        List<QualityRule> quality,
        Map<String, Object> customProperties,
        List<ForeignKey> foreignKeys) {
    public TableContract {
        columns = List.copyOf(columns);
        quality = List.copyOf(quality);
        customProperties = Map.copyOf(customProperties);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /// A table without foreign keys.
    public TableContract(
            String name,
            Optional<String> physicalName,
            Optional<String> description,
            List<ColumnContract> columns,
            List<QualityRule> quality,
            Map<String, Object> customProperties) {
        this(name, physicalName, description, columns, quality, customProperties, List.of());
    }

    /// The columns of the primary key in key order; empty when there is none.
    public List<ColumnContract> primaryKey() {
        return columns.stream()
                .filter(ColumnContract::primaryKey)
                .sorted(java.util.Comparator.comparingInt(ColumnContract::primaryKeyPosition))
                .toList();
    }

    /// This table with other columns and properties.
    public TableContract with(
            List<ColumnContract> otherColumns, Map<String, Object> otherProperties) {
        return new TableContract(
                name,
                physicalName,
                description,
                otherColumns,
                quality,
                otherProperties,
                foreignKeys);
    }
}
