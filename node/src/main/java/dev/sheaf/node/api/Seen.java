package dev.sheaf.node.api;

import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.CatalogProduct;

/// A product that a caller may see.
sealed interface Seen {
    /// It is at home in this region.
    record Here(ProductSpec product) implements Seen {}

    /// It is at home in another, and known here as that region says.
    record Elsewhere(CatalogProduct product) implements Seen {}
}
