package dev.sheaf.registry;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.LineageManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;
import dev.sheaf.registry.Manifest.Standing;

import java.util.List;
import java.util.Optional;

/// All that is known of one product, as its home says. Immutable.
///
/// @param contracts newest first; the current one may not have arrived yet
/// @param releases highest number first
public record CatalogProduct(
        RegionName home,
        DomainManifest domain,
        ProductManifest product,
        List<ContractManifest> contracts,
        List<ReleaseManifest> releases,
        Optional<LineageManifest> lineage) {
    public CatalogProduct {
        contracts = List.copyOf(contracts);
        releases = List.copyOf(releases);
    }

    public ProductName name() {
        return product.name();
    }

    /// What readers see now.
    public Optional<ReleaseManifest> current() {
        return releases.stream()
                .filter(release -> release.standing() == Standing.CURRENT)
                .findFirst();
    }

    public Optional<ContractManifest> contract(String version) {
        return contracts.stream().filter(each -> each.version().equals(version)).findFirst();
    }

    /// The table that a release serves: that of its own contract, protected at least as the newest
    /// one says.
    public TableContract table(ReleaseManifest release) {
        String version = release.contractVersion();
        return version.equals(product.contractVersion())
                ? product.table().table()
                : contract(version)
                        .map(past -> past.table().table())
                        .orElseGet(() -> product.table().table());
    }
}
