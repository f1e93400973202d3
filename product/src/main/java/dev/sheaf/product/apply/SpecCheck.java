package dev.sheaf.product.apply;

import dev.sheaf.product.ProductSpec;

import java.util.List;

/// A check of whole products that needs more than their documents, for example a SQL engine that
/// says whether a transform yields the contract's columns.
@FunctionalInterface
public interface SpecCheck {
    /// What is wrong, each with the way out; empty when nothing is.
    List<String> faults(ProductSpec product);

    /// Finds nothing.
    static SpecCheck none() {
        return product -> List.of();
    }
}
