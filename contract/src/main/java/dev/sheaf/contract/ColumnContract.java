package dev.sheaf.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One property of a table.
///
/// @param name the name consumers use
/// @param physicalName the name in the source, if it differs
/// @param type resolved from `logicalType`, its options and `physicalType`
/// @param required never null
/// @param unique no value twice
/// @param primaryKeyPosition from 1 in key order; meaningless unless `primaryKey`
/// @param partitionPosition from 1 in partition order, empty when not partitioned by this column
/// @param constraints what `logicalTypeOptions` demands of each value
/// @param classification as written, for example `pii` or `restricted`
/// @param quality the rules stated for this column
public record ColumnContract(
        String name,
        Optional<String> physicalName,
        Optional<String> businessName,
        Optional<String> description,
        ColumnType type,
        boolean required,
        boolean unique,
        boolean primaryKey,
        int primaryKeyPosition,
        OptionalInt partitionPosition,
        ValueConstraints constraints,
        Optional<String> classification,
        boolean criticalDataElement,
        List<String> tags,
        List<QualityRule> quality,
        Map<String, Object> customProperties) {
    public ColumnContract {
        tags = List.copyOf(tags);
        quality = List.copyOf(quality);
        customProperties = Map.copyOf(customProperties);
    }

    /// This column under another classification.
    public ColumnContract classifiedAs(Optional<String> other, List<String> otherTags) {
        return new ColumnContract(
                name,
                physicalName,
                businessName,
                description,
                type,
                required,
                unique,
                primaryKey,
                primaryKeyPosition,
                partitionPosition,
                constraints,
                other,
                criticalDataElement,
                otherTags,
                quality,
                customProperties);
    }
}
