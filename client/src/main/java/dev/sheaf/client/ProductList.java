package dev.sheaf.client;

import java.util.List;

/// In name order.
public record ProductList(List<ProductSummary> products) {
    public ProductList {
        products = List.copyOf(products);
    }
}
