package dev.sheaf.lake.internal.table;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.WrittenFile;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// Takes rows out of a table for good: files out of its current snapshot, and snapshots out of its
/// history.
///
/// An overwrite leaves entries with the statistics of what it took out in the manifests of its own
/// snapshot. So in the same transaction the manifests are written anew, which makes a second
/// snapshot: that one is the table's, the one in between is forgotten with the history.
final class Rewrites {
    static final String VERSIONS_MAX = "write.metadata.previous-versions-max";
    static final int VERSIONS_KEPT = 20;

    private static final String MARK = "sheaf.commit";

    private final Table table;

    Rewrites(Table table) {
        this.table = table;
    }

    Snapshot rewrite(
            long basis, Set<String> removed, List<WrittenFile> added, Map<String, String> summary) {
        table.refresh();
        requireCurrent(basis);
        String mark = UUID.randomUUID().toString();
        Transaction transaction = table.newTransaction();
        try {
            if (!removed.isEmpty() || !added.isEmpty()) {
                overwrite(transaction, basis, removed, added);
            }
            RewriteManifests manifests = transaction.rewriteManifests().clusterBy(_ -> "all");
            summary.forEach(manifests::set);
            manifests.set(MARK, mark);
            manifests.commit();
            transaction.commitTransaction();
        } catch (ValidationException e) {
            throw new Problem(ProblemCode.CONFLICT, table.name() + ": " + e.getMessage(), e);
        } catch (CommitStateUnknownException e) {
            table.refresh();
            return find(mark).orElseThrow(() -> e);
        }
        table.refresh();
        return find(mark)
                .orElseThrow(() -> new IllegalStateException("a committed snapshot is missing"));
    }

    private void overwrite(
            Transaction transaction, long basis, Set<String> removed, List<WrittenFile> added) {
        OverwriteFiles overwrite = transaction.newOverwrite();
        dataFiles(basis, removed).forEach(overwrite::deleteFile);
        added.forEach(file -> overwrite.addFile(file.file()));
        overwrite
                .validateFromSnapshot(basis)
                .conflictDetectionFilter(Expressions.alwaysTrue())
                .validateNoConflictingData()
                .validateNoConflictingDeletes();
        overwrite.commit();
    }

    private List<DataFile> dataFiles(long snapshotId, Set<String> locations) {
        List<DataFile> found = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshotId).planFiles()) {
            for (FileScanTask task : tasks) {
                if (locations.contains(task.file().location())) {
                    found.add(task.file());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.size() != locations.size()) {
            throw new IllegalArgumentException(
                    "of " + locations.size() + " files the snapshot has " + found.size());
        }
        return found;
    }

    /// Metadata files that name the snapshots go as the library lets go of old ones: when a commit
    /// finds more of them than the table may have. So there are commits while it may have one.
    void forget(Set<Long> snapshotIds) {
        table.refresh();
        Snapshot current = table.currentSnapshot();
        if (current != null && snapshotIds.contains(current.snapshotId())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    table.name() + ": snapshot " + current.snapshotId() + " is current; try again");
        }
        Transaction transaction = table.newTransaction();
        ExpireSnapshots expire =
                transaction.expireSnapshots().expireOlderThan(0).cleanExpiredFiles(false);
        for (Snapshot snapshot : table.snapshots()) {
            if (snapshotIds.contains(snapshot.snapshotId())) {
                expire.expireSnapshotId(snapshot.snapshotId());
            }
        }
        expire.commit();
        transaction.updateProperties().set(VERSIONS_MAX, "1").commit();
        transaction.commitTransaction();
        table.updateProperties().set(MARK, UUID.randomUUID().toString()).commit();
        table.updateProperties()
                .set(VERSIONS_MAX, Integer.toString(VERSIONS_KEPT))
                .remove(MARK)
                .commit();
    }

    private void requireCurrent(long basis) {
        Snapshot current = table.currentSnapshot();
        if (current == null || current.snapshotId() != basis) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    table.name() + ": something else was published meanwhile; try again");
        }
    }

    private Optional<Snapshot> find(String mark) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> mark.equals(snapshot.summary().get(MARK)))
                .findFirst();
    }
}
