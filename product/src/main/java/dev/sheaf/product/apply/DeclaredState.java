package dev.sheaf.product.apply;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a ledger declares at one revision.
///
/// @param released the products that have a release, whose place can therefore not change
public record DeclaredState(
        long revision,
        List<Domain> domains,
        List<ProductSpec> products,
        Set<ProductName> released) {
    public DeclaredState {
        domains = List.copyOf(domains);
        products = List.copyOf(products);
        released = Set.copyOf(released);
    }

    /// Reads until nothing was applied in between.
    public static DeclaredState of(Ledger ledger) {
        while (true) {
            long revision = ledger.revision();
            List<Domain> domains = ledger.domains();
            List<ProductSpec> products = ledger.products();
            Set<ProductName> released = new HashSet<>();
            for (ProductSpec product : products) {
                if (ledger.hasRelease(product.name())) {
                    released.add(product.name());
                }
            }
            if (ledger.revision() == revision) {
                return new DeclaredState(revision, domains, products, released);
            }
        }
    }
}
