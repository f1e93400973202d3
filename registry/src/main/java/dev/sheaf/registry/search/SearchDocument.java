package dev.sheaf.registry.search;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.util.List;

/// What of a product can be found.
///
/// @param home the region that it is at home in
/// @param title the descriptor's own name, empty when there is none
/// @param description empty when there is none
/// @param owner of its domain, empty when it is not known
/// @param tags of the product
/// @param terms what business calls it: business names of its columns, its contract's name
/// @param status of the product, as in `active`
/// @param version of its contract
public record SearchDocument(
        ProductName name,
        RegionName home,
        String title,
        String description,
        String owner,
        List<String> tags,
        List<String> terms,
        List<Column> columns,
        String status,
        String version) {
    public SearchDocument {
        tags = List.copyOf(tags);
        terms = List.copyOf(terms);
        columns = List.copyOf(columns);
    }

    /// @param description empty when there is none
    /// @param classification empty when there is none
    public record Column(
            String name, String description, String classification, List<String> tags) {
        public Column {
            tags = List.copyOf(tags);
        }
    }
}
