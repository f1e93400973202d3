package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.util.List;
import java.util.Optional;

/// What another region has contributed to a statement.
///
/// @param products that were asked for
/// @param sql that it was asked
/// @param strategy in a word, as EXPLAIN says it
/// @param rows that came
/// @param bytes of those as Arrow batches in memory; zero when nothing crossed the border as rows
/// @param missing why it has contributed nothing although the statement asks for it; empty when it
///   has
public record QueryPart(
        RegionName region,
        List<ProductName> products,
        String sql,
        String strategy,
        long rows,
        long bytes,
        Optional<String> missing) {
    public QueryPart {
        products = List.copyOf(products);
    }
}
