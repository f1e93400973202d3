package dev.sheaf.lake;

import dev.sheaf.contract.TableContract;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.lake.internal.table.IcebergLake;

import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.FileIO;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A region's tables: one catalog, and the stores its tables lie in. Safe for use by many threads.
///
/// Every method throws [dev.sheaf.kernel.Problem] when a store or the catalog fails: UNAVAILABLE
/// (does not answer), FORBIDDEN, NOT_FOUND (no such bucket, container or file), STORAGE_FAILED
/// (disk full, read-only); the message names the store and the location.
public interface Lake extends AutoCloseable {
    /// Opens the catalog, creating its tables if it is new. Stores are opened at their first use.
    ///
    /// @throws dev.sheaf.kernel.Problem UNAVAILABLE when the catalog does not answer,
    ///   INVALID_CONFIGURATION when a secret is missing
    static Lake open(LakeConfig config) {
        return IcebergLake.open(config);
    }

    /// Reads and writes any location that lies under the root of a configured store; others are
    /// refused with INVALID_VALUE. Its errors are [dev.sheaf.kernel.Problem]s.
    FileIO files();

    /// The local file of a location in a local store; empty for other stores.
    static Optional<Path> localFile(String location) {
        return location.startsWith("file:///")
                ? Optional.of(Path.of(location.substring("file://".length())))
                : Optional.empty();
    }

    /// The directory that an engine session must be allowed to write for [LakeTable#write].
    Path staging();

    /// Copies a local file to a location, whole or not at all as seen by readers.
    ///
    /// A local store may move the local file away instead of copying it.
    void upload(Path local, String location);

    /// Deletes every file under a location that ends with `/`; the number deleted.
    long deletePrefix(String location);

    /// The table of that name, or empty when there is none.
    Optional<LakeTable> table(TableName name);

    /// The history of that table, or empty when there is none.
    Optional<TableHistory> history(TableName name);

    /// Snapshots on their way to other lakes, and from them.
    TableCopies copies();

    /// Creates the table with the contract's columns, or evolves an existing one to them (rename by
    /// `sheaf.was`, add, widen, relax, drop). Field ids never change their meaning.
    ///
    /// @throws dev.sheaf.kernel.Problem BREAKING_CHANGE when the existing table cannot become that
    LakeTable createOrEvolve(TableName name, TableContract contract, String location);

    /// As [#createOrEvolve], but columns that cannot evolve are dropped and added anew, with new
    /// field ids and without values in the rows that exist. For a release in replace mode: the next
    /// commit must be a REPLACE. Releases that exist keep the schema they were written with.
    LakeTable rebuild(TableName name, TableContract contract, String location);

    /// Drops the table and deletes every file under its location.
    void drop(TableName name);

    @Override
    void close();

    /// `namespace.name` in the catalog.
    record TableName(String namespace, String name) {
        @Override
        public String toString() {
            return namespace + "." + name;
        }
    }

    /// One Iceberg table. Instances are views of the catalog at a moment: [#refresh()] looks again.
    interface LakeTable {
        TableName name();

        String location();

        LakeTable refresh();

        /// All snapshots that the table still has, oldest first.
        List<SnapshotInfo> snapshots();

        /// What readers see now; empty before the first commit.
        Optional<SnapshotInfo> current();

        /// The Iceberg schema that readers of that snapshot see.
        org.apache.iceberg.Schema schema(long snapshotId);

        /// The schema that the next commit writes.
        org.apache.iceberg.Schema schema();

        /// Writes the rows of a query as Parquet files below `data/`+`runId`+`/` of this table,
        /// with field ids, partitioned as the table is. Nothing is visible until [#commit].
        ///
        /// The session must be allowed to write [Lake#staging()]. A query without rows gives no
        /// file.
        ///
        /// @param select SQL that yields exactly the table's columns, in order and of its types
        /// @param runId letters, digits, `.`, `_` and `-`; not used by an earlier commit
        /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when columns or types differ or a
        ///   required column has nulls, STORAGE_FAILED when the disk is full
        List<WrittenFile> write(EngineSession session, String select, String runId);

        /// Makes files visible in one atomic step.
        ///
        /// @param summary extra entries of the snapshot's summary, keys under `sheaf.`
        /// @return the new snapshot
        SnapshotInfo commit(CommitMode mode, List<WrittenFile> files, Map<String, String> summary);

        /// Deletes the files of a run that were never committed; how many there were.
        ///
        /// @throws dev.sheaf.kernel.Problem CONFLICT when the run's files are part of a snapshot
        long discard(String runId);

        /// Makes an earlier snapshot current again; history stays.
        SnapshotInfo rollbackTo(long snapshotId);

        /// The snapshot that was current at that instant, rollbacks taken into account; empty
        /// before the first commit.
        Optional<SnapshotInfo> asOf(Instant instant);

        /// The files of a snapshot that can hold rows matching the filter.
        ScanPlan plan(long snapshotId, Expression filter);
    }

    /// Whether a commit adds to what is there or takes its place.
    enum CommitMode {
        APPEND,
        REPLACE
    }

    /// @param parentId the snapshot it was built on, empty for the first
    /// @param summary Iceberg's own entries and those given with the commit
    record SnapshotInfo(
            long id,
            Optional<Long> parentId,
            Instant committedAt,
            int schemaId,
            Map<String, String> summary) {
        public SnapshotInfo {
            summary = Map.copyOf(summary);
        }
    }

    /// A Parquet file that a write produced, with what a commit must know of it.
    record WrittenFile(org.apache.iceberg.DataFile file) {}

    /// @param files in no particular order
    /// @param rows upper bound: the rows of all files
    /// @param bytes the size of all files
    record ScanPlan(
            org.apache.iceberg.Schema schema, List<PlannedFile> files, long rows, long bytes) {
        public ScanPlan {
            files = List.copyOf(files);
        }
    }

    record PlannedFile(String location, long bytes, long rows) {}
}
