package dev.sheaf.lake.internal.table;

import dev.sheaf.lake.TableHistory.SnapshotFiles;
import dev.sheaf.lake.TableHistory.StoredFile;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Follows a snapshot to its files.
final class SnapshotReach {
    private final Table table;
    private final RoutedFiles files;

    SnapshotReach(Table table, RoutedFiles files) {
        this.table = table;
        this.files = files;
    }

    SnapshotFiles of(Snapshot snapshot) {
        List<StoredFile> reached = new ArrayList<>();
        Set<String> mentioned = new HashSet<>();
        boolean isComplete = true;
        String list = snapshot.manifestListLocation();
        reached.add(new StoredFile(list, files.newInputFile(list).getLength()));
        for (ManifestFile manifest : snapshot.allManifests(table.io())) {
            reached.add(new StoredFile(manifest.path(), manifest.length()));
            if (manifest.hasDeletedFiles()) {
                Snapshot remover =
                        Objects.requireNonNullElse(manifest.snapshotId(), -1L)
                                        == snapshot.snapshotId()
                                ? snapshot
                                : table.snapshot(manifest.snapshotId());
                isComplete &= remover != null;
                if (remover != null) {
                    for (DataFile removed : remover.removedDataFiles(table.io())) {
                        mentioned.add(removed.location());
                    }
                }
            }
        }
        for (StoredFile file : dataFiles(snapshot)) {
            reached.add(file);
            mentioned.add(file.location());
        }
        return new SnapshotFiles(reached, mentioned, isComplete);
    }

    private List<StoredFile> dataFiles(Snapshot snapshot) {
        List<StoredFile> found = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
            for (FileScanTask task : tasks) {
                found.add(new StoredFile(task.file().location(), task.file().fileSizeInBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
