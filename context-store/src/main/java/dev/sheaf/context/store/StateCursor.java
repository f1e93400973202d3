package dev.sheaf.context.store;

import java.util.Optional;

/// Walks through the entries that a [StateStore#scan] asked for, as they were when it was opened.
/// For one thread. It holds old versions on disk until it is closed.
public interface StateCursor extends AutoCloseable {
    /// The next entry in bytewise order of keys, or empty at the end.
    ///
    /// @throws dev.sheaf.kernel.Problem STORAGE_FAILED when the store cannot be read
    Optional<StateEntry> next();

    @Override
    void close();
}
