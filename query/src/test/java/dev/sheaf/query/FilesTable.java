package dev.sheaf.query;

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
import java.util.function.BiPredicate;

/// A table that only reads: snapshots are lists of local files, each with its schema.
///
/// @param matches whether a file can hold rows that match, as statistics would tell
record FilesTable(
        String fullName,
        Map<Long, Release> releases,
        BiPredicate<Path, Expression> matches,
        List<Expression> filtersSeen)
        implements LakeTable {

    record Release(Schema schema, List<Path> files) {}

    @Override
    public ScanPlan plan(long snapshotId, Expression filter) {
        filtersSeen.add(filter);
        Release release = release(snapshotId);
        List<PlannedFile> files =
                release.files().stream()
                        .filter(file -> matches.test(file, filter))
                        .map(file -> new PlannedFile(file.toUri().toString(), 100, 10))
                        .toList();
        return new ScanPlan(release.schema(), files, 10L * files.size(), 100L * files.size());
    }

    @Override
    public Schema schema(long snapshotId) {
        return release(snapshotId).schema();
    }

    private Release release(long snapshotId) {
        return Optional.ofNullable(releases.get(snapshotId)).orElseThrow();
    }

    @Override
    public TableName name() {
        return new TableName("test", fullName);
    }

    @Override
    public String location() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LakeTable refresh() {
        return this;
    }

    @Override
    public List<SnapshotInfo> snapshots() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SnapshotInfo> asOf(java.time.Instant instant) {
        return Optional.empty();
    }

    @Override
    public Optional<SnapshotInfo> current() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Schema schema() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<WrittenFile> write(EngineSession session, String select, String runId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SnapshotInfo commit(
            CommitMode mode, List<WrittenFile> files, Map<String, String> summary) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SnapshotInfo rollbackTo(long snapshotId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long discard(String runId) {
        throw new UnsupportedOperationException();
    }
}
