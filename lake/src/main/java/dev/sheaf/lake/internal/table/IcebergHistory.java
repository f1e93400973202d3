package dev.sheaf.lake.internal.table;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.Lake.WrittenFile;
import dev.sheaf.lake.TableHistory;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The history of a table as iceberg-core sees it.
final class IcebergHistory implements TableHistory {
    private final TableName name;
    private final Table table;
    private final RoutedFiles files;

    IcebergHistory(TableName name, Table table, RoutedFiles files) {
        this.name = name;
        this.table = table;
        this.files = files;
    }

    @Override
    public SnapshotInfo rewrite(
            long basis, Set<String> removed, List<WrittenFile> added, Map<String, String> summary) {
        return Boundary.run(
                name.toString(),
                () ->
                        IcebergTable.info(
                                new Rewrites(table).rewrite(basis, removed, added, summary)));
    }

    @Override
    public SnapshotFiles files(long snapshotId) {
        return Boundary.run(
                name.toString(),
                () -> {
                    table.refresh();
                    Snapshot snapshot = table.snapshot(snapshotId);
                    if (snapshot == null) {
                        throw new Problem(
                                ProblemCode.NOT_FOUND,
                                name + " has no snapshot " + snapshotId + " any more");
                    }
                    return new SnapshotReach(table, files).of(snapshot);
                });
    }

    @Override
    public void forget(Set<Long> snapshotIds) {
        Boundary.run(
                name.toString(),
                () -> {
                    new Rewrites(table).forget(snapshotIds);
                    return true;
                });
    }
}
