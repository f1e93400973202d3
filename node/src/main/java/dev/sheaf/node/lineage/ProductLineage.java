package dev.sheaf.node.lineage;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesBuilder;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.LineageGraph;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.Manifest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;

/// Keeps the products of all regions in the graph, as the catalog has them: their columns, the
/// places of their tables as other names, and which columns of those products that their input
/// ports name they are made from. A thread of its own follows the catalog.
final class ProductLineage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProductLineage.class);
    private static final String SOURCE = "catalog";

    private final Catalog catalog;
    private final LineageGraph graph;
    private final MeshNames names;
    private final LinkedBlockingQueue<Set<ProductName>> changes = new LinkedBlockingQueue<>();
    private final Map<ProductName, OwnerKey> shown = new HashMap<>();
    private final Thread thread;

    ProductLineage(Catalog catalog, LineageGraph graph, MeshNames names) {
        this.catalog = catalog;
        this.graph = graph;
        this.names = names;
        this.thread = Thread.ofVirtual().name("lineage-products").unstarted(this::run);
    }

    /// All that the catalog has is in the graph when this returns.
    void start() {
        catalog.whenChanged(changes::add);
        Set<ProductName> all = new HashSet<>();
        catalog.products().forEach(product -> all.add(product.name()));
        show(all);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Set<ProductName> changed = new HashSet<>(changes.take());
                for (Set<ProductName> more = changes.poll(); more != null; more = changes.poll()) {
                    changed.addAll(more);
                }
                try {
                    show(changed);
                } catch (RuntimeException e) {
                    LOG.error("lineage of {} could not be brought up to date", changed, e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the catalog is followed no more", e);
        }
    }

    private void show(Set<ProductName> changed) {
        List<CatalogProduct> all = catalog.products();
        Set<String> contracts = new HashSet<>();
        for (CatalogProduct product : all) {
            if (changed.contains(product.name())) {
                contracts.add(product.product().contractId());
            }
        }
        Set<ProductName> there = new HashSet<>();
        for (CatalogProduct product : all) {
            there.add(product.name());
            boolean isFed = product.product().inputs().stream().anyMatch(contracts::contains);
            if (changed.contains(product.name()) || isFed) {
                show(product, all);
            }
        }
        for (ProductName name : changed) {
            if (!there.contains(name)) {
                graph.name(SOURCE, names.product(name), Set.of());
                Optional.ofNullable(shown.remove(name)).ifPresent(graph::remove);
            }
        }
    }

    private void show(CatalogProduct product, List<CatalogProduct> all) {
        EntityName own = names.product(product.name());
        graph.describe(own, columns(product).stream().map(ColumnContract::name).toList());
        graph.name(
                SOURCE,
                own,
                product.current()
                        .flatMap(Manifest.ReleaseManifest::location)
                        .flatMap(MeshNames::place)
                        .map(Set::of)
                        .orElse(Set.of()));
        List<CatalogProduct> inputs = inputs(product, all);
        OwnerKey key =
                new OwnerKey(
                        OwnerKey.Kind.JOB,
                        new EntityName(names.pipelines(), product.name().toString()),
                        product.home().toString());
        OwnerKey before = shown.get(product.name());
        if (before != null && !before.equals(key)) {
            graph.remove(before);
        }
        if (inputs.isEmpty()) {
            graph.remove(key);
            shown.remove(product.name());
        } else {
            graph.put(key, edges(product, inputs));
            shown.put(product.name(), key);
        }
    }

    private static List<CatalogProduct> inputs(CatalogProduct product, List<CatalogProduct> all) {
        return all.stream()
                .filter(other -> product.product().inputs().contains(other.product().contractId()))
                .filter(other -> !other.name().equals(product.name()))
                .toList();
    }

    /// Which products a product is made from, and by which columns; nothing when from none.
    Edges made(ProductName name) {
        return catalog.product(name)
                .map(product -> {
                    List<CatalogProduct> inputs = inputs(product, catalog.products());
                    return inputs.isEmpty() ? Edges.NONE : edges(product, inputs);
                })
                .orElse(Edges.NONE);
    }

    private static List<ColumnContract> columns(CatalogProduct product) {
        return product.product().table().table().columns();
    }

    private Edges edges(CatalogProduct product, List<CatalogProduct> inputs) {
        EntityName own = names.product(product.name());
        EdgesBuilder edges = new EdgesBuilder().output(own);
        inputs.forEach(input -> edges.input(names.product(input.name())));
        product.lineage()
                .ifPresent(lineage -> {
                    edges.described(own);
                    for (Manifest.Edge edge : lineage.edges()) {
                        String how = edge.isCopy() ? "DIRECT/IDENTITY" : "DIRECT/TRANSFORMATION";
                        for (ColumnName from : meant(inputs, edge.sources(), edge.isAll())) {
                            edges.column(
                                    from,
                                    new ColumnName(own, edge.column()),
                                    edge.isAll() ? "" : how);
                        }
                    }
                    lineage.rows()
                            .ifPresent(rows -> {
                                for (ColumnName from :
                                        meant(inputs, rows.sources(), rows.isAll())) {
                                    edges.whole(from, own, "INDIRECT/FILTER");
                                }
                            });
                });
        return edges.build();
    }

    /// The columns of those names that inputs have, or all.
    private List<ColumnName> meant(
            List<CatalogProduct> inputs, List<String> sources, boolean isAll) {
        Set<String> names = new HashSet<>();
        sources.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        List<ColumnName> meant = new ArrayList<>();
        for (CatalogProduct input : inputs) {
            for (ColumnContract column : columns(input)) {
                if (isAll || names.contains(column.name().toLowerCase(Locale.ROOT))) {
                    meant.add(new ColumnName(this.names.product(input.name()), column.name()));
                }
            }
        }
        return meant;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
