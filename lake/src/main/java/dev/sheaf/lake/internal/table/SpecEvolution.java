package dev.sheaf.lake.internal.table;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.TableContract;

import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The change of a table's partition spec to what its contract asks for. Existing files stay as
/// they are. Fields that go are removed before columns are dropped, new ones are added after
/// columns are added.
final class SpecEvolution {
    /// By the column's name in the contract and the transform.
    private final Map<String, PartitionField> present = new LinkedHashMap<>();

    private final Map<String, Partitioning> wanted = new LinkedHashMap<>();

    SpecEvolution(
            Schema schema, PartitionSpec spec, TableContract contract, List<Partitioning> fields) {
        for (PartitionField field : spec.fields()) {
            String column = newName(contract, schema.findColumnName(field.sourceId()));
            present.put(column + " " + field.transform(), field);
        }
        fields.forEach(field -> wanted.put(field.column() + " " + field.transform(), field));
    }

    /// Removes the fields that the contract does not ask for; whether there were any.
    boolean removeOthers(Transaction transaction) {
        List<PartitionField> others =
                present.entrySet().stream()
                        .filter(entry -> !wanted.containsKey(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
        if (!others.isEmpty()) {
            UpdatePartitionSpec update = transaction.updateSpec();
            others.forEach(field -> update.removeField(field.name()));
            update.commit();
        }
        return !others.isEmpty();
    }

    /// Adds the fields that the contract asks for and the table has not; whether there were any.
    boolean addMissing(Transaction transaction) {
        List<Partitioning> missing =
                wanted.entrySet().stream()
                        .filter(entry -> !present.containsKey(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
        if (!missing.isEmpty()) {
            UpdatePartitionSpec update = transaction.updateSpec();
            missing.forEach(field -> update.addField(field.term()));
            update.commit();
        }
        return !missing.isEmpty();
    }

    private static String newName(TableContract contract, String column) {
        List<ColumnContract> columns = contract.columns();
        boolean stays = columns.stream().anyMatch(candidate -> candidate.name().equals(column));
        return columns.stream()
                .filter(_ -> !stays)
                .filter(candidate ->
                        column.equals(candidate.customProperties().get(SchemaEvolution.WAS)))
                .map(ColumnContract::name)
                .findFirst()
                .orElse(column);
    }
}
