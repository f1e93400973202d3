package dev.sheaf.product.erase;

import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.TableHistory.StoredFile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where in a table selected rows are.
///
/// @param current what readers see
/// @param files those of the current snapshot that hold selected rows
/// @param rowsByFile selected rows of each file that holds some, of whatever snapshot
/// @param isCurrentMarked whether the current snapshot's metadata mentions files that hold some, or
///   may do so
/// @param past snapshots other than the current one that hold selected rows, mention files that do,
///   or cannot be told apart from those
/// @param reached what the past ones, and the current one if it is touched, consist of
record Traces(
        Optional<SnapshotInfo> current,
        List<PlannedFile> files,
        Map<String, Long> rowsByFile,
        boolean isCurrentMarked,
        List<SnapshotInfo> past,
        List<StoredFile> reached) {

    /// Selected rows that readers see now.
    long rows() {
        return files.stream().mapToLong(file -> rowsByFile.getOrDefault(file.location(), 0L)).sum();
    }

    boolean isCurrentTouched() {
        return !files.isEmpty() || isCurrentMarked;
    }

    boolean areNone() {
        return !isCurrentTouched() && past.isEmpty();
    }
}
