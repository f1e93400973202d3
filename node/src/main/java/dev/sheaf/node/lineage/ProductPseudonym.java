package dev.sheaf.node.lineage;

import dev.sheaf.lineage.EntityName;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.Manifest.LineageManifest;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a product and its columns are called where some may read it who may not know of the
/// product. Made from the key that its home gives to those who may, so that they all write the
/// same, and read it.
///
/// @param key of the product
record ProductPseudonym(String key) {
    static Optional<ProductPseudonym> of(CatalogProduct product) {
        return product.lineage().flatMap(LineageManifest::key).map(ProductPseudonym::new);
    }

    /// @return empty for a dataset that is no product, or one without a key
    static Optional<ProductPseudonym> of(EntityName dataset, MeshNames names, Catalog catalog) {
        return names.product(dataset).flatMap(catalog::product).flatMap(ProductPseudonym::of);
    }

    EntityName dataset(MeshNames names) {
        return new EntityName(names.hidden(), code("dataset"));
    }

    String column(String column) {
        return code("column\0" + column);
    }

    private String code(String text) {
        return Pseudonyms.code(key.getBytes(StandardCharsets.UTF_8), text);
    }
}
