package dev.sheaf.context.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The state that a log's records lead to, as keys and values in tables, together with the log
/// position it reflects. It is written behind the log and makes no promise of its own: after a
/// crash it is as it was at some [#write], at or after the last [#flush], and what follows is
/// replayed from [#position()] on. Only synced positions may be written, or it could be ahead of
/// its log.
///
/// Any thread may read; [#write], [#expire] and [#flush] belong to one thread at a time.
///
/// All operations throw [dev.sheaf.kernel.Problem] STORAGE_FAILED when the disk fails or the files
/// are damaged.
public interface StateStore extends AutoCloseable {
    /// Applies all changes of the batch and the position, or none of them. The batch is used up.
    ///
    /// @param logPosition a synced position, at least [#position()]
    /// @throws IllegalArgumentException when the position goes back
    void write(StateBatch batch, long logPosition);

    /// The log position that was written last; after opening, the one to replay from. 0 in a new
    /// store.
    long position();

    /// The log may be cut up to here: what a crash leaves reflects at least this position.
    long durablePosition();

    Optional<byte[]> get(Table table, byte[] key);

    /// The values of these keys, in their order.
    List<Optional<byte[]>> multiGet(Table table, List<byte[]> keys);

    /// All entries whose keys begin with the prefix, from a key on.
    ///
    /// @param prefix empty for all
    /// @param fromKey the first key, or empty for the prefix's first
    StateCursor scan(Table table, byte[] prefix, byte[] fromKey);

    /// Removes entries of [Table#DEDUPE] that have expired, up to about a minute late.
    ///
    /// @param idsMax stop after about so many
    /// @return how many went
    int expire(long nowMillis, int idsMax);

    /// Makes what was written durable.
    ///
    /// @return [#durablePosition()]
    long flush();

    /// Puts a consistent, durable copy into a new folder; reading and writing go on.
    ///
    /// @param folder must not exist; its parent must
    void checkpoint(Path folder);

    /// Flushes and closes; does nothing the second time.
    @Override
    void close();
}
