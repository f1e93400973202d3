package dev.sheaf.lake;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.lake.internal.range.SparseCache;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.FileIO;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Remote Parquet files as local ones that hold only what a query needs: the original footer, and
/// the column chunks of those row groups that its filter can match. The rest are holes of a sparse
/// file. A reader that steps into a hole fails (`TProtocolException: Invalid data`), it is never
/// given wrong values; [Lease#widen()] then fetches more.
///
/// Files are keyed by location and length: those of a table are never changed in place. Safe for
/// use by many threads: what several need at once is fetched once. What the directory holds is
/// discarded when the cache is opened, so a crash leaves nothing to trust or mistrust.
public interface RangeCache extends AutoCloseable {
    /// @param directory of the cache's own, created when absent; one process at a time
    /// @param bytesMax allocated bytes above which files are deleted, longest unused first; leased
    ///   files are never deleted, so running queries may exceed it together
    /// @throws dev.sheaf.kernel.Problem CONFLICT when another process has the directory,
    ///   STORAGE_FAILED when it cannot be written
    static RangeCache open(Path directory, ByteSize bytesMax, FileIO files) {
        return SparseCache.open(directory, bytesMax, files);
    }

    /// Fetches what a query needs of its files and keeps it until the lease is closed.
    ///
    /// @param files as planned
    /// @param schema of the snapshot that is read
    /// @param columns top-level columns that the query reads, filtered ones included
    /// @param filter what rows must match to matter; `alwaysTrue()` when nothing is known
    /// @throws dev.sheaf.kernel.Problem as the store fails; STORAGE_FAILED when the disk is full
    Lease lease(
            List<Lake.PlannedFile> files, Schema schema, Set<String> columns, Expression filter);

    /// Deletes what is held of files that are gone for good; of those that are leased, when the
    /// last lease is closed.
    ///
    /// @throws dev.sheaf.kernel.Problem STORAGE_FAILED when it cannot be deleted
    void forget(Collection<String> locations);

    Statistics statistics();

    /// Ends the use of the directory; leases must be closed before.
    @Override
    void close();

    /// Local files for a query.
    interface Lease extends AutoCloseable {
        /// In the order of the planned files; files of local stores are themselves.
        List<Path> paths();

        /// Fetches more after a reader met a hole: first every row group of the needed columns,
        /// then whole files. False when everything was there already.
        boolean widen();

        @Override
        void close();
    }

    /// Counted since the cache was opened.
    ///
    /// @param requests range requests sent to stores
    /// @param bytesFetched by them
    /// @param bytesHit bytes that leases needed and that were there already
    /// @param bytesHeld allocated now
    record Statistics(long requests, long bytesFetched, long bytesHit, long bytesHeld) {}
}
