package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// A column that consumers see.
///
/// @param type for example `decimal(10,2)`
public record ColumnInfo(
        String name,
        String type,
        boolean required,
        boolean unique,
        boolean primaryKey,
        boolean partition,
        Optional<String> description,
        Optional<String> classification,
        List<String> tags) {
    public ColumnInfo {
        tags = List.copyOf(tags);
    }
}
