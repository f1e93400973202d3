package dev.sheaf.node.lineage;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogProduct;

import java.util.HashMap;
import java.util.Map;

/// The products that are known here by the pseudonyms under which regions tell of them that do not
/// know whether this one may. Immutable; to be made anew when the catalog has changed.
final class Recognized {
    private final MeshNames names;
    private final Map<EntityName, EntityName> datasets = new HashMap<>();
    private final Map<ColumnName, ColumnName> columns = new HashMap<>();

    Recognized(Catalog catalog, MeshNames names) {
        this.names = names;
        for (CatalogProduct product : catalog.products()) {
            ProductPseudonym.of(product).ifPresent(pseudonym -> add(product, pseudonym));
        }
    }

    private void add(CatalogProduct product, ProductPseudonym pseudonym) {
        EntityName own = names.product(product.name());
        EntityName hidden = pseudonym.dataset(names);
        datasets.put(hidden, own);
        for (ColumnContract column : product.product().table().table().columns()) {
            columns.put(
                    new ColumnName(hidden, pseudonym.column(column.name())),
                    new ColumnName(own, column.name()));
        }
    }

    /// Whether something in it stands under a pseudonym.
    boolean concerns(Edges edges) {
        return edges.datasets().stream().anyMatch(this::isHidden)
                || edges.reads().stream().anyMatch(column -> isHidden(column.dataset()));
    }

    private boolean isHidden(EntityName dataset) {
        return dataset.namespace().equals(names.hidden());
    }

    /// With the names of what is known here.
    Edges in(Edges edges) {
        return concerns(edges)
                ? edges.renamed(
                        dataset -> datasets.getOrDefault(dataset, dataset),
                        column -> columns.getOrDefault(column, column))
                : edges;
    }
}
