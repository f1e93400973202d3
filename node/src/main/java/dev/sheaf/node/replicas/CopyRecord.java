package dev.sheaf.node.replicas;

import dev.sheaf.kernel.ProductName;

import java.util.List;

/// A copy of a release that lies here, or is on its way here or away.
///
/// @param home region of the product
/// @param snapshotId of the product's table at home
/// @param files ids of its files; empty until the home has described them
public record CopyRecord(
        String product,
        String home,
        long release,
        long snapshotId,
        State state,
        long rows,
        long bytes,
        List<String> files) {
    public CopyRecord {
        files = List.copyOf(files);
    }

    /// What becomes of it, whatever crash comes in between.
    public enum State {
        COMING,
        HELD,
        LEAVING
    }

    CopyRecord with(State next) {
        return new CopyRecord(product, home, release, snapshotId, next, rows, bytes, files);
    }

    ProductName name() {
        return ProductName.parse(product);
    }
}
