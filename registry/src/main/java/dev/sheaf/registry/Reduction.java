package dev.sheaf.registry;

import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.LineageManifest;
import dev.sheaf.registry.Manifest.PolicyManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;

import java.util.Optional;
import java.util.OptionalLong;

/// What a region hears that may know of a product but must not have its data: names, columns,
/// classifications, releases. SQL and the texts of contracts and descriptors stay at home, as they
/// may hold values (bounds, examples, literals in rules), and so do the places of files, what
/// single publishes added or rejected, foreign keys, which name tables of others, and numbers of
/// rows so small that they tell of single persons.
public final class Reduction {
    /// Fewer rows than this are not told.
    public static final long ROWS_MIN = 20;

    private Reduction() {}

    public static Manifest of(Manifest manifest) {
        return switch (manifest) {
            case DomainManifest domain -> domain;
            case PolicyManifest policy -> policy;
            case LineageManifest lineage -> lineage;
            case ProductManifest product ->
                    new ProductManifest(
                            product.name(),
                            product.id(),
                            product.version(),
                            product.status(),
                            product.description(),
                            product.contractId(),
                            product.contractVersion(),
                            product.apiVersion(),
                            product.table().withoutKeys(),
                            product.inputs(),
                            Optional.empty(),
                            Optional.empty(),
                            true);
            case ContractManifest contract ->
                    new ContractManifest(
                            contract.product(),
                            contract.version(),
                            contract.digest(),
                            contract.appliedAt(),
                            contract.table().withoutKeys(),
                            Optional.empty());
            case ReleaseManifest release -> release(release);
        };
    }

    private static ReleaseManifest release(ReleaseManifest release) {
        boolean isTold = release.rows().isPresent() && release.rows().getAsLong() >= ROWS_MIN;
        return new ReleaseManifest(
                release.product(),
                release.number(),
                release.snapshotId(),
                release.committedAt(),
                release.contractVersion(),
                release.run(),
                release.standing(),
                isTold ? release.rows() : OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                isTold ? release.bytes() : OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
