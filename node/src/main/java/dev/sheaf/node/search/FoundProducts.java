package dev.sheaf.node.search;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.TableContract;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.search.SearchDocument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Products of the catalog as they can be found.
final class FoundProducts {
    private FoundProducts() {}

    /// @param here as it is declared, if it is at home here: that has more than others are told
    static SearchDocument of(CatalogProduct product, Optional<ProductSpec> here) {
        TableContract table = product.product().table().table();
        List<String> terms = new ArrayList<>();
        here.ifPresent(spec -> {
            spec.contract().name().ifPresent(terms::add);
            spec.table().columns().forEach(column -> column.businessName().ifPresent(terms::add));
        });
        String description =
                product.product()
                        .description()
                        .or(table::description)
                        .or(() -> product.domain().description())
                        .orElse("");
        return new SearchDocument(
                product.name(),
                product.home(),
                here.flatMap(spec -> spec.descriptor().name()).orElse(""),
                description,
                product.domain().owner(),
                List.of(),
                terms,
                table.columns().stream().map(FoundProducts::column).toList(),
                product.product().status(),
                product.product().contractVersion());
    }

    private static SearchDocument.Column column(ColumnContract column) {
        return new SearchDocument.Column(
                column.name(),
                column.description().orElse(""),
                column.classification().orElse(""),
                column.tags());
    }
}
