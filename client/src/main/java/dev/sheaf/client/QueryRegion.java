package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// What another region has contributed to a result.
///
/// @param products that it was asked for
/// @param strategy how, in a word, as EXPLAIN says it
/// @param rows that came
/// @param bytes of those as Arrow batches in memory; zero when no rows crossed the border
/// @param missing why it is not in the result although the statement asks for it, which only
///   partial results have
public record QueryRegion(
        String region,
        List<String> products,
        String strategy,
        long rows,
        long bytes,
        Optional<String> missing) {
    public QueryRegion {
        products = List.copyOf(products);
    }
}
