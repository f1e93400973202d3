package dev.sheaf.lineage;

/// A column of a dataset. OpenLineage calls it a field.
public record ColumnName(EntityName dataset, String column) {
    @Override
    public String toString() {
        return dataset + "." + column;
    }
}
