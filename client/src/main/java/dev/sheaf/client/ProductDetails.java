package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// Everything a consumer wants to know before the first query.
///
/// @param table how SQL names it
/// @param health absent for a product of another region: its home tells
public record ProductDetails(
        ProductSummary product,
        String id,
        String table,
        List<ColumnInfo> columns,
        List<String> primaryKey,
        ContractVersionInfo contract,
        Optional<String> transform,
        Optional<ReleaseInfo> currentRelease,
        Optional<ProductHealth> health) {
    public ProductDetails {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }
}
