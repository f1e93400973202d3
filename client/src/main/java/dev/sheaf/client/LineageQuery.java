package dev.sheaf.client;

import java.util.Optional;

/// What is asked about in lineage.
///
/// @param product `domain.name`; or else a dataset
/// @param dataset name of a dataset that is no product
/// @param namespace of the dataset; may be missing when only one has that name
public record LineageQuery(
        Optional<String> product,
        Optional<String> dataset,
        Optional<String> namespace,
        Optional<String> column) {
    String path(String route) {
        UriText path = new UriText(route);
        product.ifPresent(name -> path.query("product", name));
        dataset.ifPresent(name -> path.query("dataset", name));
        namespace.ifPresent(name -> path.query("namespace", name));
        column.ifPresent(name -> path.query("column", name));
        return path.toString();
    }
}
