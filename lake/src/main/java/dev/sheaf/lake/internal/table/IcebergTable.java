package dev.sheaf.lake.internal.table;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.ScanPlan;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.Lake.WrittenFile;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A table as iceberg-core sees it.
final class IcebergTable implements LakeTable {
    private final TableName name;
    private final Table table;
    private final RoutedFiles files;
    private final RunFiles runs;

    IcebergTable(TableName name, Table table, RoutedFiles files, Path staging) {
        this.name = name;
        this.table = table;
        this.files = files;
        this.runs = new RunFiles(table, files, staging);
    }

    @Override
    public TableName name() {
        return name;
    }

    @Override
    public String location() {
        return table.location();
    }

    @Override
    public LakeTable refresh() {
        return Boundary.run(
                name.toString(),
                () -> {
                    table.refresh();
                    return this;
                });
    }

    @Override
    public List<SnapshotInfo> snapshots() {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .sorted(Comparator.comparingLong(Snapshot::sequenceNumber))
                .map(IcebergTable::info)
                .toList();
    }

    @Override
    public Optional<SnapshotInfo> current() {
        return Optional.ofNullable(table.currentSnapshot()).map(IcebergTable::info);
    }

    @Override
    public Schema schema(long snapshotId) {
        existing(snapshotId);
        return SnapshotUtil.schemaFor(table, snapshotId);
    }

    @Override
    public Schema schema() {
        return table.schema();
    }

    @Override
    public List<WrittenFile> write(EngineSession session, String select, String runId) {
        return runs.write(session, select, runId);
    }

    @Override
    public SnapshotInfo commit(
            CommitMode mode, List<WrittenFile> written, Map<String, String> summary) {
        return Boundary.run(
                name.toString(), () -> info(Commits.commit(table, mode, written, summary)));
    }

    @Override
    public long discard(String runId) {
        return Boundary.run(
                name.toString(),
                () -> {
                    table.refresh();
                    return runs.discard(runId, this::planned);
                });
    }

    @Override
    public SnapshotInfo rollbackTo(long snapshotId) {
        return Boundary.run(
                name.toString(),
                () -> {
                    table.refresh();
                    Snapshot target = existing(snapshotId);
                    table.manageSnapshots().setCurrentSnapshot(snapshotId).commit();
                    return info(target);
                });
    }

    @Override
    public Optional<SnapshotInfo> asOf(Instant instant) {
        return Optional.ofNullable(
                        SnapshotUtil.nullableSnapshotIdAsOfTime(table, instant.toEpochMilli()))
                .map(id -> info(existing(id)));
    }

    @Override
    public ScanPlan plan(long snapshotId, Expression filter) {
        return Boundary.run(
                name.toString(),
                () -> {
                    Schema schema = schema(snapshotId);
                    List<PlannedFile> planned = planned(snapshotId, filter);
                    long rows = planned.stream().mapToLong(PlannedFile::rows).sum();
                    long bytes = planned.stream().mapToLong(PlannedFile::bytes).sum();
                    return new ScanPlan(schema, planned, rows, bytes);
                });
    }

    private List<PlannedFile> planned(long snapshotId, Expression filter) {
        List<PlannedFile> planned = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshotId).filter(filter).planFiles()) {
            for (FileScanTask task : tasks) {
                planned.add(
                        new PlannedFile(
                                task.file().location(),
                                task.file().fileSizeInBytes(),
                                task.file().recordCount()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return planned;
    }

    /// All files of the current snapshot.
    private List<PlannedFile> planned() {
        Snapshot current = table.currentSnapshot();
        return current == null
                ? List.of()
                : planned(current.snapshotId(), Expressions.alwaysTrue());
    }

    private Snapshot existing(long snapshotId) {
        Snapshot snapshot = table.snapshot(snapshotId);
        if (snapshot == null) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, name + " has no snapshot " + snapshotId + " any more");
        }
        return snapshot;
    }

    static SnapshotInfo info(Snapshot snapshot) {
        Integer schemaId = snapshot.schemaId();
        return new SnapshotInfo(
                snapshot.snapshotId(),
                Optional.ofNullable(snapshot.parentId()),
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                schemaId == null ? 0 : schemaId,
                snapshot.summary());
    }
}
