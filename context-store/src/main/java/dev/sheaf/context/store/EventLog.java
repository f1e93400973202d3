package dev.sheaf.context.store;

import java.util.Map;

/// A node's log: all records of all streams in the order they were appended, each at a *position*
/// that counts up from 1, possibly with gaps. Within a stream sequence numbers have no holes,
/// except where [#restart] says so.
///
/// What was appended is lost by a crash until [#sync] returned. Every failure to write or sync is
/// final: the log refuses everything later, because what the disk holds is no longer known; it has
/// to be opened again.
///
/// Append, sync and read may be called by any thread; the order of appends of several threads is
/// their order of arrival. Writers must not be interrupted: that closes the file under them.
///
/// All operations throw [dev.sheaf.kernel.Problem] STORAGE_FAILED when the disk fails, or has
/// failed.
public interface EventLog extends AutoCloseable {
    /// The longest payload of one record.
    int PAYLOAD_BYTES_MAX = 16 << 20;

    /// The most streams a log can have.
    int STREAMS_MAX = 100_000;

    /// How many bytes all meta entries may take together, keys included.
    int META_BYTES_MAX = 8 << 20;

    /// Adds a record. A stream's first record may begin anywhere, each later one begins right after
    /// the one before.
    ///
    /// @return its position
    /// @throws IllegalArgumentException when the sequence numbers do not follow, or are more than
    ///   2^32 at once
    /// @throws dev.sheaf.kernel.Problem TOO_LARGE when the payload exceeds [#PAYLOAD_BYTES_MAX];
    ///   LIMIT_EXCEEDED when there are more than [#STREAMS_MAX] streams
    long append(
            int group,
            int actor,
            long firstSequence,
            long lastSequence,
            byte[] payload,
            int offset,
            int length);

    /// Keeps a small named value, such as the table of actors, replacing the one before. It is
    /// never cut, and known after opening before any record is read.
    ///
    /// @return its position
    /// @throws dev.sheaf.kernel.Problem LIMIT_EXCEEDED above [#META_BYTES_MAX] in all
    long putMeta(String key, byte[] value);

    /// All named values: a copy.
    Map<String, byte[]> meta();

    /// Lets a stream go on at a later sequence number, because what lies between reached this node
    /// as state and not as events. What the stream had before can no longer be read.
    ///
    /// @param nextSequence above the stream's last
    /// @return the position of this
    long restart(int group, int actor, long nextSequence);

    /// Makes everything appended so far durable.
    ///
    /// @return [#syncedPosition()], at least the position of every append that returned before
    long sync();

    /// The position of the last append, or 0.
    long appendedPosition();

    /// Everything up to here survives a crash; 0 when nothing was written yet.
    long syncedPosition();

    /// Reads streams from these sequence numbers on, all in one pass. Sequence numbers that are not
    /// written yet, and unknown streams, give nothing.
    LogRead read(Map<StreamId, Long> fromSequences);

    /// Reads one stream.
    default LogRead read(int group, int actor, long fromSequence) {
        return read(Map.of(new StreamId(group, actor), fromSequence));
    }

    /// Hands out all synced records after this position, in the log's order.
    ///
    /// @param fromPosition what is already known, 0 for nothing
    /// @throws dev.sheaf.kernel.Problem STORAGE_FAILED when the log begins later or ends earlier
    ///   than that
    void replay(long fromPosition, RecordConsumer consumer);

    /// The last sequence number of every stream that ever was, a copy. For a stream that was
    /// restarted and has no record since, the number before its next.
    Map<StreamId, Long> lastSequences();

    /// Forgets old records: in whole segments, oldest first, as long as all their records are at or
    /// below these sequence numbers and this position. Streams that are not named keep their
    /// records.
    ///
    /// @param checkpointPosition up to where the documents' state is durable
    /// @return how many segments went
    int truncate(Map<StreamId, Long> releasedSequences, long checkpointPosition);

    /// Rewrites payloads of everything synced so far; positions and sequence numbers stay.
    /// Appending and reading go on; a crash leaves each segment either as it was or rewritten.
    /// Copies in checkpoints are not reached.
    ///
    /// @return how many records were replaced
    long scrub(RecordRewriter rewriter);

    /// Syncs and closes; does nothing the second time.
    @Override
    void close();
}
