package dev.sheaf.engine;

/// Opens sessions. Safe for use by many threads; closing it ends every worker it started.
public interface Engine extends AutoCloseable {
    /// Opens a session in a worker of its own for the time being; blocks while all workers are
    /// busy.
    ///
    /// @throws dev.sheaf.kernel.Problem BUSY when no worker became free in the configured time,
    ///   UNAVAILABLE when a worker cannot be started
    EngineSession open(SessionSpec spec);

    @Override
    void close();
}
