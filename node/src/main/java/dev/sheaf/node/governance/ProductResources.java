package dev.sheaf.node.governance;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Column;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.CatalogProduct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Products as policy sees them, from their contracts. What ODCS has no field for stands in the
/// table's `customProperties`: `sheaf.classification`, `sheaf.discoverable`, `sheaf.export`,
/// `sheaf.residency`, `sheaf.retentionDays`.
public final class ProductResources {
    private static final String CLASSIFICATION = "sheaf.classification";
    private static final String DISCOVERABLE = "sheaf.discoverable";
    private static final String EXPORT = "sheaf.export";
    private static final String RESIDENCY = "sheaf.residency";
    private static final String RETENTION_DAYS = "sheaf.retentionDays";

    private final String home;
    private final Function<ProductName, Optional<ProductSpec>> products;
    private final InheritedClassification inherited;

    /// @param home the region of this node, in which the products are at home that it publishes
    /// @param products as they are declared now
    public ProductResources(
            String home,
            Function<ProductName, Optional<ProductSpec>> products,
            InheritedClassification inherited) {
        this.home = home;
        this.products = products;
        this.inherited = inherited;
    }

    /// A product as it is declared, or is to be.
    Resource of(ProductSpec product) {
        return of(product.name(), table(product), home);
    }

    /// A product of another region, as it is known here.
    Resource of(CatalogProduct product) {
        return of(product.name(), product.product().table().table(), product.home().toString());
    }

    /// A product's table as it is to be protected.
    public TableContract table(ProductSpec product) {
        return inherited.of(product);
    }

    /// One of its releases: the newest contract protects all of them.
    ///
    /// @param release the table as the release's own contract describes it
    Resource ofRelease(ProductName product, TableContract release) {
        return of(
                product,
                products.apply(product)
                        .map(inherited::of)
                        .map(newest -> NewestProtection.of(release, newest))
                        .orElse(release),
                home);
    }

    private static Resource of(ProductName product, TableContract table, String home) {
        Map<String, Object> said = table.customProperties();
        Resource resource = resource(product, table, said, home);
        return said.containsKey(EXPORT) ? resource.exportedTo(texts(said.get(EXPORT))) : resource;
    }

    private static Resource resource(
            ProductName product, TableContract table, Map<String, Object> said, String home) {
        return new Resource(
                "product",
                product.toString(),
                product.domain().value(),
                product.name(),
                home,
                text(said.get(CLASSIFICATION)),
                Boolean.TRUE.equals(said.get(DISCOVERABLE)),
                texts(said.get(RESIDENCY)),
                table.columns().stream().map(ProductResources::column).toList(),
                days(said.get(RETENTION_DAYS)),
                Optional.empty(),
                Optional.empty());
    }

    private static Column column(ColumnContract column) {
        return new Column(
                column.name(),
                column.classification().map(each -> each.toLowerCase(Locale.ROOT)).orElse(""),
                column.tags(),
                "");
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> items) {
            items.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    private static OptionalInt days(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }
}
