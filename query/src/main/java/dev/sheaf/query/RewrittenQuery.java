package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;

import java.util.List;

/// What a query became for its caller: the statement that would run, over views.
///
/// @param sql names views where the query named products
public record RewrittenQuery(String sql, List<View> views) {
    public RewrittenQuery {
        views = List.copyOf(views);
    }

    /// What the caller would see of a product.
    ///
    /// @param name in the statement
    /// @param sql with masks in the place of columns, and the row filter
    public record View(ProductName product, long release, String name, String sql) {}
}
