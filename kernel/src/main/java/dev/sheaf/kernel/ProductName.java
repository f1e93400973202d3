package dev.sheaf.kernel;

import java.util.Comparator;

/// A data product's full name, `domain.name`, for example `sales.orders`.
///
/// Both parts have the form of a [DomainName].
public record ProductName(DomainName domain, String name) implements Comparable<ProductName> {
    private static final Comparator<ProductName> ORDER =
            Comparator.comparing(ProductName::domain).thenComparing(ProductName::name);

    public ProductName {
        Names.check("product name", name);
    }

    /// Reads `domain.name`.
    ///
    /// @throws Problem with INVALID_VALUE when there is not exactly one dot or a part is malformed
    public static ProductName parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.indexOf('.', dot + 1) >= 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'"
                            + Names.shown(text)
                            + "' does not name a data product: write domain.name, for example"
                            + " sales.orders");
        }
        return new ProductName(new DomainName(text.substring(0, dot)), text.substring(dot + 1));
    }

    @Override
    public int compareTo(ProductName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return domain.value() + "." + name;
    }
}
