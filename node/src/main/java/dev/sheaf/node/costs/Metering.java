package dev.sheaf.node.costs;

import dev.sheaf.cost.TransferUse;

/// Counts what leaves this region, where it leaves. For any thread.
@FunctionalInterface
public interface Metering {
    /// Counts nothing.
    Metering NONE = use -> {};

    /// Returns at once; the use is durable a second later at most. Nothing is thrown.
    void record(TransferUse use);
}
