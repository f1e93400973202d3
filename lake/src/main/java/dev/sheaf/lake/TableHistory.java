package dev.sheaf.lake;

import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.WrittenFile;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What takes rows out of a table for good: out of its current snapshot, and out of its history.
/// Each method looks at the catalog anew. Errors are those of [Lake].
public interface TableHistory {
    /// Takes files out of the current snapshot and puts others in their place, in one atomic step.
    /// Unlike after a [Lake.LakeTable#commit], nothing in the metadata of the new snapshot mentions
    /// the files that went, nor their statistics. A snapshot in between, which is never current,
    /// does until it is [forgotten][#forget].
    ///
    /// @param basis the snapshot that must be current
    /// @param removed locations of files of that snapshot; none only writes its metadata anew
    /// @param summary of the new snapshot
    /// @throws dev.sheaf.kernel.Problem CONFLICT when the basis is not current any more
    SnapshotInfo rewrite(
            long basis, Set<String> removed, List<WrittenFile> added, Map<String, String> summary);

    /// What a snapshot consists of and mentions.
    ///
    /// @throws dev.sheaf.kernel.Problem NOT_FOUND when there is no such snapshot
    SnapshotFiles files(long snapshotId);

    /// Forgets snapshots, and deletes the metadata files that name them. Their other files stay.
    /// Snapshots that are not there are no error.
    ///
    /// @throws dev.sheaf.kernel.Problem CONFLICT when one of them is current
    void forget(Set<Long> snapshotIds);

    /// @param files manifest list, manifests and data files
    /// @param mentioned data files that the manifests say something about: those of the snapshot
    ///   and those that its commit, or an earlier one, took out
    /// @param isComplete false when the manifests may mention more files, as the snapshot that took
    ///   them out is forgotten
    record SnapshotFiles(List<StoredFile> files, Set<String> mentioned, boolean isComplete) {
        public SnapshotFiles {
            files = List.copyOf(files);
            mentioned = Set.copyOf(mentioned);
        }
    }

    record StoredFile(String location, long bytes) {}
}
