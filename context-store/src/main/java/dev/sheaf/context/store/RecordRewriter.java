package dev.sheaf.context.store;

/// Says what remains of a record when data are erased from the log.
@FunctionalInterface
public interface RecordRewriter {
    /// The payload that takes the old one's place: of any length up to
    /// [EventLog#PAYLOAD_BYTES_MAX], for the same sequence numbers.
    ///
    /// @return the record's own array when nothing changes
    byte[] rewrite(LogRecord record);
}
