package dev.sheaf.context.store;

/// What was appended at one position: a run of a stream's sequence numbers and its bytes.
///
/// @param position the record's place in the whole log, from 1; later records have higher ones
/// @param firstSequence the first sequence number it takes
/// @param lastSequence the last one, at least the first
/// @param payload opaque; the receiver's own copy
@SuppressWarnings("ArrayRecordComponent")
public record LogRecord(
        long position, StreamId stream, long firstSequence, long lastSequence, byte[] payload) {}
