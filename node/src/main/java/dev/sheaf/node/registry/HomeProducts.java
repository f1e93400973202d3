package dev.sheaf.node.registry;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.governance.ProductResources;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.ledger.SpecReader;
import dev.sheaf.product.release.Release;
import dev.sheaf.product.release.Releases;
import dev.sheaf.product.transform.Lineage;
import dev.sheaf.product.transform.Lineages;
import dev.sheaf.registry.DocumentText;
import dev.sheaf.registry.Manifest;
import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.Edge;
import dev.sheaf.registry.Manifest.LineageManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;
import dev.sheaf.registry.Manifest.Rows;
import dev.sheaf.registry.Manifest.Standing;
import dev.sheaf.registry.TableShape;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What there is to say of a product of this region, made anew from the ledger, the releases and
/// the policies in force each time. For any thread.
final class HomeProducts {
    private static final String SUMMARY_BYTES = "total-files-size";

    private final Ledger ledger;
    private final Releases releases;
    private final Lake lake;
    private final SpecReader specs;
    private final ProductResources resources;
    private final Lineages lineages;
    private final Governance governance;
    private final ProductKeys keys;

    HomeProducts(
            Ledger ledger,
            Releases releases,
            Lake lake,
            SpecReader specs,
            ProductResources resources,
            Lineages lineages,
            Governance governance,
            ProductKeys keys) {
        this.keys = keys;
        this.ledger = ledger;
        this.releases = releases;
        this.lake = lake;
        this.specs = specs;
        this.resources = resources;
        this.lineages = lineages;
        this.governance = governance;
    }

    /// What a region may know. Policies that are silent or broken let it know nothing.
    Export export(ProductSpec product, RegionName region) {
        if (!isAllowed(Action.PRODUCT_EXPORT, product, region)) {
            return Export.NONE;
        }
        return isAllowed(Action.PRODUCT_TRANSFER, product, region) ? Export.FULL : Export.REDUCED;
    }

    private boolean isAllowed(Action action, ProductSpec product, RegionName region) {
        return governance.decide(action, product, region) instanceof Decision.Allow;
    }

    /// All manifests of a product.
    List<Manifest> manifests(ProductSpec product) {
        List<Manifest> manifests = new ArrayList<>();
        manifests.add(manifest(product));
        for (Ledger.ContractVersion version : ledger.contractVersions(product.name())) {
            manifests.add(contract(product, version));
        }
        manifests.addAll(released(product.name()));
        manifests.add(lineage(product));
        return manifests;
    }

    private ProductManifest manifest(ProductSpec product) {
        return new ProductManifest(
                product.name(),
                product.descriptor().id(),
                product.descriptor().version(),
                product.descriptor().status(),
                product.descriptor().purpose().or(() -> product.table().description()),
                product.contract().id(),
                product.contract().version(),
                product.contract().apiVersion(),
                new TableShape(resources.table(product)),
                product.descriptor().inputContractIds(),
                product.transform(),
                Optional.of(DocumentText.of(product.descriptor().source())),
                false);
    }

    private ContractManifest contract(ProductSpec product, Ledger.ContractVersion version) {
        TableContract table =
                version.digest().equals(product.contract().source().digest())
                        ? product.table()
                        : specs.read(
                                        product.name(),
                                        product.descriptor().source(),
                                        version.source())
                                .table();
        return new ContractManifest(
                product.name(),
                version.version(),
                version.digest(),
                version.appliedAt(),
                new TableShape(table),
                Optional.of(DocumentText.of(version.source())));
    }

    private List<ReleaseManifest> released(ProductName product) {
        List<Release> history = releases.history(product);
        if (history.isEmpty()) {
            return List.of();
        }
        Optional<LakeTable> table =
                lake.table(new TableName(product.domain().value(), product.name()));
        Map<Long, SnapshotInfo> snapshots = new HashMap<>();
        table.ifPresent(found ->
                found.snapshots().forEach(snapshot -> snapshots.put(snapshot.id(), snapshot)));
        Optional<String> location = table.map(LakeTable::location);
        return history.stream()
                .map(release ->
                        release(
                                product,
                                release,
                                bytes(Optional.ofNullable(snapshots.get(release.snapshotId()))),
                                location))
                .toList();
    }

    private static OptionalLong bytes(Optional<SnapshotInfo> snapshot) {
        String text =
                snapshot.map(each -> each.summary().getOrDefault(SUMMARY_BYTES, "")).orElse("");
        return text.matches("\\d{1,15}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static ReleaseManifest release(
            ProductName product, Release release, OptionalLong bytes, Optional<String> location) {
        return new ReleaseManifest(
                product,
                release.number(),
                Long.toString(release.snapshotId()),
                release.publishedAt(),
                release.contractVersion(),
                release.runId(),
                switch (release.standing()) {
                    case CURRENT -> Standing.CURRENT;
                    case EARLIER -> Standing.EARLIER;
                    case ROLLED_BACK -> Standing.ROLLED_BACK;
                },
                release.rows(),
                release.rowsAdded(),
                release.rowsQuarantined(),
                bytes,
                release.score().map(score -> BigDecimal.valueOf(score).toPlainString()),
                location);
    }

    private LineageManifest lineage(ProductSpec product) {
        Lineage lineage = lineages.of(product);
        return new LineageManifest(
                product.name(),
                product.table().columns().stream().map(column -> edge(column, lineage)).toList(),
                rows(lineage.rows()),
                Optional.of(keys.of(product.name())));
    }

    private static Optional<Rows> rows(Lineage.Sources from) {
        return from.isAll() || !from.columns().isEmpty()
                ? Optional.of(new Rows(sources(from), from.isAll()))
                : Optional.empty();
    }

    private static List<String> sources(Lineage.Sources from) {
        return from.isAll() ? List.of() : from.columns().stream().sorted().toList();
    }

    private static Edge edge(ColumnContract column, Lineage lineage) {
        Lineage.Sources from = lineage.of(column);
        return new Edge(column.name(), sources(from), from.isCopy(), from.isAll());
    }
}
