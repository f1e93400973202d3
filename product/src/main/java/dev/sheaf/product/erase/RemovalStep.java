package dev.sheaf.product.erase;

import java.util.function.Consumer;

/// The steps of a removal in their order. Whoever listens hears each at its beginning.
public enum RemovalStep {
    FIND,
    /// From here on the ledger knows of it.
    WRITE,
    COMMIT,
    /// The rows are not visible any more.
    FORGET,
    DELETE,
    QUARANTINE,
    RECORD;

    /// Hears nothing.
    public static final Consumer<RemovalStep> SILENT = step -> {};
}
