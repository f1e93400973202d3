package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.TableResolver.AsOf;

/// A product at a point in time, as a statement uses it.
record TableUse(ProductName product, AsOf asOf) {
    /// The name of the view that stands for it; no identifier that a caller could write reaches it,
    /// as unqualified names that are not common table expressions are refused.
    String viewName() {
        return switch (asOf) {
            case AsOf.Current() -> product.toString();
            case AsOf.Release(long number) -> product + "@" + number;
            case AsOf.At(java.time.Instant instant) -> product + "@" + instant;
        };
    }
}
