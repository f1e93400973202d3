package dev.sheaf.client;

import java.util.List;

/// What a statement becomes.
///
/// @param sql as it would run, over views
public record PolicyLabStatement(String sql, List<View> views) {
    public PolicyLabStatement {
        views = List.copyOf(views);
    }

    /// What is seen of a product.
    ///
    /// @param name in the statement
    /// @param sql with masks and filters; the node's key of masks is shown as zeros
    public record View(String product, long release, String name, String sql) {}
}
