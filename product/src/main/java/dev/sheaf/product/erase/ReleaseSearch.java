package dev.sheaf.product.erase;

import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.TableHistory;
import dev.sheaf.lake.TableHistory.SnapshotFiles;
import dev.sheaf.lake.TableHistory.StoredFile;

import org.apache.iceberg.expressions.Expressions;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the snapshots that are too old. The current one stays, but not what its metadata says of
/// files that are not its own.
final class ReleaseSearch {
    private final LakeTable table;
    private final TableHistory history;

    ReleaseSearch(LakeTable table, TableHistory history) {
        this.table = table;
        this.history = history;
    }

    Traces before(Instant cutoff) {
        Optional<SnapshotInfo> current = table.current();
        List<SnapshotInfo> past =
                table.snapshots().stream()
                        .filter(snapshot -> snapshot.committedAt().isBefore(cutoff))
                        .filter(snapshot -> snapshot.id() != current.orElseThrow().id())
                        .toList();
        if (past.isEmpty()) {
            return new Traces(current, List.of(), Map.of(), false, List.of(), List.of());
        }
        Set<StoredFile> reached = new LinkedHashSet<>();
        past.forEach(snapshot -> reached.addAll(history.files(snapshot.id()).files()));
        SnapshotFiles now = history.files(current.orElseThrow().id());
        boolean isMarked = mentionsOthers(now, current.orElseThrow());
        if (isMarked) {
            reached.addAll(now.files());
        }
        return new Traces(current, List.of(), Map.of(), isMarked, past, List.copyOf(reached));
    }

    private boolean mentionsOthers(SnapshotFiles now, SnapshotInfo current) {
        Set<String> own =
                table.plan(current.id(), Expressions.alwaysTrue()).files().stream()
                        .map(PlannedFile::location)
                        .collect(Collectors.toSet());
        return !now.isComplete() || !own.containsAll(now.mentioned());
    }
}
