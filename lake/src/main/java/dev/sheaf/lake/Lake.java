package dev.sheaf.lake;

import dev.sheaf.contract.TableContract;
import dev.sheaf.engine.EngineSession;

import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.FileIO;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A region's tables: one catalog, and the stores its tables lie in. Safe for use by many threads.
public interface Lake extends AutoCloseable {
    /// Reads and writes any location whose scheme and bucket a configured store covers.
    FileIO files();

    /// Copies a local file to a location, whole or not at all as seen by readers.
    void upload(java.nio.file.Path local, String location);

    /// Deletes every file under a location that ends with `/`; the number deleted.
    long deletePrefix(String location);

    /// The table of that name, or empty when there is none.
    Optional<LakeTable> table(TableName name);

    /// Creates the table with the contract's columns, or evolves an existing one to them (rename by
    /// `sheaf.was`, add, widen, relax, drop). Field ids never change their meaning.
    ///
    /// @throws dev.sheaf.kernel.Problem BREAKING_CHANGE when the existing table cannot become that
    LakeTable createOrEvolve(TableName name, TableContract contract, String location);

    /// Drops the table and deletes its files.
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
        /// @param select SQL that yields exactly the table's columns, in order and of its types
        List<WrittenFile> write(EngineSession session, String select, String runId);

        /// Makes files visible in one atomic step.
        ///
        /// @param summary extra entries of the snapshot's summary, keys under `sheaf.`
        /// @return the new snapshot
        SnapshotInfo commit(CommitMode mode, List<WrittenFile> files, Map<String, String> summary);

        /// Makes an earlier snapshot current again; history stays.
        SnapshotInfo rollbackTo(long snapshotId);

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
            java.time.Instant committedAt,
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
