package dev.sheaf.product.erase;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.Lake.WrittenFile;
import dev.sheaf.lake.TableHistory;
import dev.sheaf.lake.TableHistory.StoredFile;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Removal;
import dev.sheaf.product.Removal.Gone;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.publish.Ancestry;
import dev.sheaf.product.release.ReleaseFiles;
import dev.sheaf.product.release.Releases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One removal, under its product's lock, from its order to its outcome. Used once.
final class RemovalRun {
    private final Lake lake;
    private final Ledger ledger;
    private final Clock clock;
    private final RemovalOrder order;
    private final Path scratch;
    private final Function<List<Path>, EngineSession> sessions;
    private final RemovalEnd end;
    private final Consumer<RemovalStep> listener;
    private final ReleaseFiles local;

    RemovalRun(
            Lake lake,
            Ledger ledger,
            Clock clock,
            RemovalOrder order,
            Path scratch,
            Function<List<Path>, EngineSession> sessions,
            RemovalEnd end,
            Consumer<RemovalStep> listener) {
        this.lake = lake;
        this.ledger = ledger;
        this.clock = clock;
        this.order = order;
        this.scratch = scratch;
        this.sessions = sessions;
        this.end = end;
        this.listener = listener;
        this.local = new ReleaseFiles(lake, scratch);
    }

    /// Looks, and changes nothing.
    RowsGone look() {
        Optional<Removal> planned = Optional.empty();
        long rows = 0;
        Optional<LakeTable> table = lake.table(name());
        if (table.isPresent()) {
            Traces traces = traces(table.get());
            rows = traces.rows();
            planned = removal(traces);
        }
        return new RowsGone(
                order.product(),
                rows,
                OptionalLong.empty(),
                planned.map(RemovalRun::releases).orElse(List.of()),
                quarantine().remove(order.selection(), true),
                planned.map(each -> each.files().size()).orElse(0),
                planned.map(each -> each.files().stream().mapToLong(StoredFile::bytes).sum())
                        .orElse(0L),
                Optional.empty(),
                List.of());
    }

    /// @param resumed what was brought to its end before
    RowsGone execute(List<Removal> resumed) {
        listener.accept(RemovalStep.FIND);
        OptionalLong release = OptionalLong.empty();
        Optional<Removal> done = Optional.empty();
        Optional<LakeTable> table = lake.table(name());
        if (table.isPresent()) {
            Traces traces = traces(table.get());
            Optional<Removal> planned = removal(traces);
            if (planned.isPresent()) {
                release = carryOut(table.get(), traces, planned.get());
                done = Optional.of(end.bring(planned.get(), listener));
            }
        }
        listener.accept(RemovalStep.QUARANTINE);
        long rejected = quarantine().remove(order.selection(), false);
        listener.accept(RemovalStep.RECORD);
        List<Removal> all = new ArrayList<>(resumed);
        done.ifPresent(all::add);
        return new RowsGone(
                order.product(),
                all.stream().mapToLong(Removal::rows).sum(),
                release,
                all.stream().flatMap(each -> releases(each).stream()).sorted().toList(),
                rejected,
                all.stream().mapToLong(Removal::filesDeleted).sum(),
                all.stream().mapToLong(Removal::bytesDeleted).sum(),
                digest(),
                resumed.stream().map(Removal::id).toList());
    }

    private TableName name() {
        return new TableName(order.product().domain().value(), order.product().name());
    }

    private TableHistory history() {
        return lake.history(name()).orElseThrow();
    }

    private Traces traces(LakeTable table) {
        return switch (order.selection()) {
            case RowSelection rows ->
                    new TraceSearch(table, history(), rows, local, sessions).find();
            case Selection.ReleasesBefore(Instant cutoff) ->
                    new ReleaseSearch(table, history()).before(cutoff);
        };
    }

    private QuarantineSearch quarantine() {
        return new QuarantineSearch(lake, ledger, order.product(), scratch, sessions);
    }

    private Optional<Removal> removal(Traces traces) {
        if (traces.areNone()) {
            return Optional.empty();
        }
        List<Gone> gone = new ArrayList<>();
        traces.past().forEach(snapshot -> gone.add(Ancestry.step(snapshot)));
        if (traces.isCurrentTouched()) {
            gone.add(current(traces, Ancestry.step(traces.current().orElseThrow())));
        }
        return Optional.of(
                new Removal(
                        order.id(),
                        order.product(),
                        order.kind(),
                        Removal.State.PREPARED,
                        order.by(),
                        clock.instant(),
                        traces.isCurrentTouched(),
                        gone,
                        traces.reached(),
                        traces.rows(),
                        0,
                        0));
    }

    /// A current release that only mentions what goes stays, under its number, as another snapshot.
    private static Gone current(Traces traces, Gone step) {
        return traces.rows() > 0
                ? step
                : new Gone(
                        step.snapshotId(),
                        step.parentId(),
                        OptionalLong.empty(),
                        step.runId(),
                        step.isReplacement());
    }

    /// @return the new release, if there is one
    private OptionalLong carryOut(LakeTable table, Traces traces, Removal removal) {
        ledger.record(removal);
        if (!removal.isRewrite()) {
            return OptionalLong.empty();
        }
        listener.accept(RemovalStep.WRITE);
        SnapshotInfo basis = traces.current().orElseThrow();
        List<WrittenFile> written =
                switch (order.selection()) {
                    case RowSelection rows when traces.rows() > 0 ->
                            write(table, traces, basis, rows);
                    case RowSelection _ -> List.of();
                    case Selection.ReleasesBefore _ -> List.of();
                };
        Map<String, String> summary = new HashMap<>(own(basis));
        OptionalLong number = OptionalLong.empty();
        if (traces.rows() > 0) {
            number = OptionalLong.of(Ancestry.lastRelease(table, ledger, order.product()) + 1);
            summary.put(Releases.SUMMARY_RELEASE, Long.toString(number.getAsLong()));
            summary.put(Releases.SUMMARY_RUN, removal.id());
            summary.put(Releases.SUMMARY_KIND, kind());
            summary.remove(Ancestry.MODE);
        }
        summary.put(RemovalEnd.SUMMARY_REMOVAL, removal.id());
        listener.accept(RemovalStep.COMMIT);
        Set<String> files =
                traces.files().stream().map(PlannedFile::location).collect(Collectors.toSet());
        history().rewrite(basis.id(), files, written, summary);
        return number;
    }

    private String kind() {
        return switch (order.kind()) {
            case ERASURE -> Releases.KIND_ERASED;
            case RETENTION -> Releases.KIND_EXPIRED;
        };
    }

    /// What Sheaf itself has written into the summary.
    private static Map<String, String> own(SnapshotInfo basis) {
        return basis.summary().entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith("sheaf.")
                                && !entry.getKey().equals("sheaf.commit"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<WrittenFile> write(
            LakeTable table, Traces traces, SnapshotInfo basis, RowSelection rows) {
        if (!table.schema().asStruct().equals(table.schema(basis.id()).asStruct())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    order.product()
                            + " was prepared for another version of its contract by a publish that"
                            + " did not end: publish again, then try again");
        }
        List<Path> paths = local.paths(traces.files());
        String condition =
                rows.field(table.schema(), table.schema()).flatMap(rows::sql).orElseThrow();
        String columns =
                table.schema().columns().stream()
                        .map(field -> SqlText.name(field.name()))
                        .collect(Collectors.joining(", "));
        try (EngineSession session = sessions.apply(paths)) {
            List<WrittenFile> written =
                    table.write(
                            session,
                            "SELECT "
                                    + columns
                                    + " FROM ("
                                    + ReleaseFiles.select(table.schema(), paths)
                                    + ") WHERE ("
                                    + condition
                                    + ") IS NOT TRUE",
                            order.id());
            requireSame(traces, written);
            return written;
        }
    }

    /// Invariant: no other row is dropped.
    private void requireSame(Traces traces, List<WrittenFile> written) {
        long there = traces.files().stream().mapToLong(PlannedFile::rows).sum();
        long kept = written.stream().mapToLong(file -> file.file().recordCount()).sum();
        if (there != kept + traces.rows()) {
            throw new Problem(
                    ProblemCode.INTERNAL,
                    "of "
                            + there
                            + " rows "
                            + kept
                            + " would stay and "
                            + traces.rows()
                            + " go, which does not add up; nothing was removed");
        }
    }

    private static List<Long> releases(Removal removal) {
        return removal.snapshots().stream()
                .flatMap(gone -> gone.release().stream().boxed())
                .sorted()
                .toList();
    }

    private Optional<Sha256> digest() {
        return lake.table(name())
                .flatMap(LakeTable::current)
                .map(current -> history().files(current.id()).files().getFirst().location())
                .map(this::digest);
    }

    private Sha256 digest(String location) {
        try (InputStream in = lake.files().newInputFile(location).newStream()) {
            return Sha256.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
