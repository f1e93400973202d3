package dev.sheaf.context.store;

import java.util.Optional;

/// Walks through the records that a [EventLog#read] asked for: in the log's order, and so each
/// stream in sequence order, up to what was synced when it was opened.
///
/// Holds one buffer and at most one record. For one thread at a time; appending goes on beside it.
public interface LogCursor extends AutoCloseable {
    /// The next record, or empty at the end. The first record of a stream may begin before the
    /// sequence number asked for.
    ///
    /// @throws dev.sheaf.kernel.Problem STORAGE_FAILED when the log is damaged here; CONFLICT when
    ///   it was cut here in the meantime: read again
    Optional<LogRecord> next();

    @Override
    void close();
}
