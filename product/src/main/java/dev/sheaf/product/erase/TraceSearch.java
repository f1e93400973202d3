package dev.sheaf.product.erase;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.TableHistory;
import dev.sheaf.lake.TableHistory.SnapshotFiles;
import dev.sheaf.lake.TableHistory.StoredFile;
import dev.sheaf.product.release.ReleaseFiles;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Looks for selected rows in every snapshot of a table. Statistics leave out files, the engine
/// counts in the others. Used once.
final class TraceSearch {
    private final LakeTable table;
    private final TableHistory history;
    private final RowSelection selection;
    private final ReleaseFiles local;
    private final Function<List<Path>, EngineSession> sessions;

    /// @param sessions opens a session that may read those files
    TraceSearch(
            LakeTable table,
            TableHistory history,
            RowSelection selection,
            ReleaseFiles local,
            Function<List<Path>, EngineSession> sessions) {
        this.table = table;
        this.history = history;
        this.selection = selection;
        this.local = local;
        this.sessions = sessions;
    }

    private record Candidate(PlannedFile file, Schema schema, String condition) {}

    /// @throws Problem CONFLICT when the current release has no such column
    Traces find() {
        Optional<SnapshotInfo> current = table.current();
        if (current.isEmpty()) {
            return new Traces(current, List.of(), Map.of(), false, List.of(), List.of());
        }
        requireColumn(current.get());
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        Map<Long, SnapshotFiles> files = new HashMap<>();
        Set<Long> unknown = new HashSet<>();
        for (SnapshotInfo snapshot : table.snapshots()) {
            files.put(snapshot.id(), history.files(snapshot.id()));
            Schema schema = table.schema(snapshot.id());
            Optional<NestedField> field = selection.field(table.schema(), schema);
            if (field.isPresent()) {
                gather(snapshot, schema, field.get(), candidates);
            } else if (selection.takes(snapshot)) {
                unknown.add(snapshot.id());
            }
        }
        Map<String, Long> rows = count(candidates);
        return traces(current.get(), files, unknown, rows);
    }

    private void requireColumn(SnapshotInfo current) {
        if (selection.field(table.schema(), table.schema(current.id())).isEmpty()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "the current release of "
                            + table.name()
                            + " has no column "
                            + selection.column()
                            + ", as it was published under another version of the contract: publish"
                            + " under the current one, then try again");
        }
    }

    private void gather(
            SnapshotInfo snapshot,
            Schema schema,
            NestedField field,
            Map<String, Candidate> candidates) {
        Optional<String> condition = selection.sql(field);
        if (condition.isEmpty()) {
            return;
        }
        for (PlannedFile file : table.plan(snapshot.id(), selection.filter(field)).files()) {
            candidates.putIfAbsent(
                    file.location() + "\n" + field.fieldId(),
                    new Candidate(file, schema, condition.get()));
        }
    }

    private Map<String, Long> count(Map<String, Candidate> candidates) {
        Map<String, Long> rows = new HashMap<>();
        if (candidates.isEmpty()) {
            return rows;
        }
        List<Path> paths = local.paths(candidates.values().stream().map(Candidate::file).toList());
        try (EngineSession session = sessions.apply(paths)) {
            for (Candidate candidate : candidates.values()) {
                long found =
                        session.query(
                                        "SELECT count(*) FROM ("
                                                + ReleaseFiles.select(
                                                        candidate.schema(),
                                                        List.of(local.path(candidate.file())))
                                                + ") WHERE "
                                                + candidate.condition())
                                .onlyLong();
                if (found > 0) {
                    rows.merge(candidate.file().location(), found, Math::max);
                }
            }
        }
        return rows;
    }

    private Traces traces(
            SnapshotInfo current,
            Map<Long, SnapshotFiles> files,
            Set<Long> unknown,
            Map<String, Long> rows) {
        Set<String> there = new HashSet<>();
        files.values().forEach(each -> each.files().forEach(file -> there.add(file.location())));
        List<SnapshotInfo> past = new ArrayList<>();
        Set<StoredFile> reached = new LinkedHashSet<>();
        boolean isMarked = false;
        for (SnapshotInfo snapshot : table.snapshots()) {
            SnapshotFiles of = files.get(snapshot.id());
            boolean touched =
                    unknown.contains(snapshot.id())
                            || !of.isComplete()
                            || of.mentioned().stream()
                                    .anyMatch(file ->
                                            rows.containsKey(file) || !there.contains(file));
            if (touched) {
                reached.addAll(of.files());
                if (snapshot.id() == current.id()) {
                    isMarked = true;
                } else {
                    past.add(snapshot);
                }
            }
        }
        List<PlannedFile> held =
                table
                        .plan(current.id(), org.apache.iceberg.expressions.Expressions.alwaysTrue())
                        .files()
                        .stream()
                        .filter(file -> rows.containsKey(file.location()))
                        .toList();
        return new Traces(Optional.of(current), held, rows, isMarked, past, List.copyOf(reached));
    }
}
