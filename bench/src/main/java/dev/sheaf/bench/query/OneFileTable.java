package dev.sheaf.bench.query;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.ScanPlan;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.Lake.WrittenFile;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table of one local file that can only be read.
record OneFileTable(String fullName, Schema schema, Path file) implements LakeTable {
    @Override
    public ScanPlan plan(long snapshotId, Expression filter) {
        long bytes = file.toFile().length();
        return new ScanPlan(
                schema, List.of(new PlannedFile(file.toUri().toString(), bytes, 0)), 0, bytes);
    }

    @Override
    public Schema schema(long snapshotId) {
        return schema;
    }

    @Override
    public TableName name() {
        return new TableName("bench", fullName);
    }

    @Override
    public String location() {
        return file.toUri().resolve(".").toString();
    }

    @Override
    public LakeTable refresh() {
        return this;
    }

    @Override
    public List<SnapshotInfo> snapshots() {
        return List.of();
    }

    @Override
    public Optional<SnapshotInfo> asOf(java.time.Instant instant) {
        return Optional.empty();
    }

    @Override
    public Optional<SnapshotInfo> current() {
        return Optional.empty();
    }

    @Override
    public List<WrittenFile> write(EngineSession session, String select, String runId) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public SnapshotInfo commit(
            CommitMode mode, List<WrittenFile> files, Map<String, String> summary) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public SnapshotInfo rollbackTo(long snapshotId) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public long discard(String runId) {
        throw new UnsupportedOperationException("read only");
    }
}
