package dev.sheaf.registry;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.LineageManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What one region says of one product, as far as it has arrived: documents come in any order.
record ProductParts(
        Optional<ProductManifest> product,
        List<ContractManifest> contracts,
        List<ReleaseManifest> releases,
        Optional<LineageManifest> lineage) {
    static final ProductParts NONE =
            new ProductParts(Optional.empty(), List.of(), List.of(), Optional.empty());

    boolean isEmpty() {
        return equals(NONE);
    }

    ProductParts with(Optional<ProductManifest> other) {
        return new ProductParts(other, contracts, releases, lineage);
    }

    ProductParts with(ContractManifest contract, boolean isThere) {
        return new ProductParts(
                product,
                replaced(
                        contracts,
                        each -> each.version().equals(contract.version()),
                        contract,
                        isThere,
                        Comparator.comparing(ContractManifest::appliedAt)
                                .thenComparing(ContractManifest::version)
                                .reversed()),
                releases,
                lineage);
    }

    ProductParts with(ReleaseManifest release, boolean isThere) {
        return new ProductParts(
                product,
                contracts,
                replaced(
                        releases,
                        each -> each.number() == release.number(),
                        release,
                        isThere,
                        Comparator.comparingLong(ReleaseManifest::number).reversed()),
                lineage);
    }

    ProductParts withLineage(Optional<LineageManifest> other) {
        return new ProductParts(product, contracts, releases, other);
    }

    private static <T> List<T> replaced(
            List<T> before,
            Predicate<T> isSame,
            T item,
            boolean isThere,
            Comparator<? super T> order) {
        List<T> after = new ArrayList<>(before);
        after.removeIf(isSame);
        if (isThere) {
            after.add(item);
        }
        after.sort(order);
        return List.copyOf(after);
    }

    Optional<CatalogProduct> shown(RegionName home, DomainManifest domain) {
        return product.map(
                each -> new CatalogProduct(home, domain, each, contracts, releases, lineage));
    }
}
