package dev.sheaf.node.registry;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.federation.RemoteCatalog;
import dev.sheaf.query.federation.RemoteProduct;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.Manifest.ReleaseManifest;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The catalog as the coordinator of statements looks into it. For any thread.
public final class RemoteProducts implements RemoteCatalog {
    private static final Duration UNKNOWN = Duration.ofSeconds(Long.MAX_VALUE);

    private final MeshRegistry registry;

    public RemoteProducts(MeshRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<RemoteProduct> find(ProductName name, AsOf asOf) {
        return registry.remote(name)
                .flatMap(product -> release(product, asOf).map(release -> found(product, release)));
    }

    private static Optional<ReleaseManifest> release(CatalogProduct product, AsOf asOf) {
        return switch (asOf) {
            case AsOf.Current() -> product.current();
            case AsOf.Release(long number) ->
                    product.releases().stream().filter(each -> each.number() == number).findFirst();
            case AsOf.At(Instant instant) ->
                    product.releases().stream()
                            .filter(each -> !each.committedAt().isAfter(instant))
                            .max(Comparator.comparing(ReleaseManifest::committedAt));
        };
    }

    private RemoteProduct found(CatalogProduct product, ReleaseManifest release) {
        return new RemoteProduct(
                product.name(),
                product.home(),
                product.table(release),
                release.number(),
                release.rows(),
                release.bytes(),
                registry.catalog().policyRevision(product.home()).orElse(""),
                registry.age(product.home()).orElse(UNKNOWN));
    }

    @Override
    public List<ProductName> products() {
        return registry.remote().stream().map(CatalogProduct::name).toList();
    }
}
