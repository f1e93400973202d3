package dev.sheaf.node.lineage;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogProduct;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The products that are known here by the pseudonyms under which regions tell of them that do not
/// know whether this one may. A product costs one code when it becomes known; those of its columns
/// are made when somebody tells of it. For one thread at a time.
final class Recognized {
    private final Catalog catalog;
    private final MeshNames names;
    private final Map<ProductName, Known> products = new HashMap<>();
    private final Map<EntityName, Known> datasets = new HashMap<>();
    private final Map<Known, Map<String, String>> columns = new HashMap<>();

    private record Known(
            ProductName product,
            EntityName hidden,
            ProductPseudonym pseudonym,
            List<String> columns) {}

    Recognized(Catalog catalog, MeshNames names) {
        this.catalog = catalog;
        this.names = names;
        take(catalog.products().stream().map(CatalogProduct::name).toList());
    }

    /// Takes products as the catalog has them now.
    ///
    /// @return whether one is recognized otherwise than before
    boolean take(Collection<ProductName> changed) {
        boolean isOther = false;
        for (ProductName name : changed) {
            Optional<Known> now = catalog.product(name).flatMap(this::known);
            Known before = products.get(name);
            if (!now.equals(Optional.ofNullable(before))) {
                isOther = true;
                if (before != null) {
                    products.remove(name);
                    datasets.remove(before.hidden());
                    columns.remove(before);
                }
                now.ifPresent(known -> {
                    products.put(name, known);
                    datasets.put(known.hidden(), known);
                });
            }
        }
        return isOther;
    }

    private Optional<Known> known(CatalogProduct product) {
        return ProductPseudonym.of(product)
                .map(pseudonym ->
                        new Known(
                                product.name(),
                                pseudonym.dataset(names),
                                pseudonym,
                                product.product().table().table().columns().stream()
                                        .map(ColumnContract::name)
                                        .toList()));
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
        return concerns(edges) ? edges.renamed(this::dataset, this::column) : edges;
    }

    private EntityName dataset(EntityName dataset) {
        Known known = datasets.get(dataset);
        return known == null ? dataset : names.product(known.product());
    }

    private ColumnName column(ColumnName column) {
        Known known = datasets.get(column.dataset());
        if (known == null) {
            return column;
        }
        String name = columns.computeIfAbsent(known, Recognized::codes).get(column.column());
        return name == null ? column : new ColumnName(names.product(known.product()), name);
    }

    private static Map<String, String> codes(Known known) {
        Map<String, String> codes = new HashMap<>();
        known.columns().forEach(name -> codes.put(known.pseudonym().column(name), name));
        return codes;
    }
}
