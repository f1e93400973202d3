package dev.sheaf.product.ledger;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;

/// Makes a product's declaration from the documents that the ledger keeps of it. Must be
/// deterministic: the ledger caches its answers by the documents' digests.
@FunctionalInterface
public interface SpecReader {
    /// @throws dev.sheaf.kernel.Problem INVALID_CONTRACT when the documents cannot be read
    ProductSpec read(ProductName name, Source descriptor, Source contract);
}
