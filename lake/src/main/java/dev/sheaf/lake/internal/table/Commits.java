package dev.sheaf.lake.internal.table;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.WrittenFile;

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expressions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// One atomic step of a table, tried again by iceberg-core when another commit came first.
final class Commits {
    /// Marks a snapshot, so that it is found again when the answer to a commit was lost.
    private static final String MARK = "sheaf.commit";

    private Commits() {}

    static Snapshot commit(
            Table table, CommitMode mode, List<WrittenFile> files, Map<String, String> summary) {
        String mark = UUID.randomUUID().toString();
        SnapshotUpdate<?> update =
                switch (mode) {
                    case APPEND -> append(table, files);
                    case REPLACE -> replace(table, files);
                };
        summary.forEach(update::set);
        update.set(MARK, mark);
        try {
            update.commit();
        } catch (CommitStateUnknownException e) {
            table.refresh();
            return find(table, mark).orElseThrow(() -> unknown(e));
        }
        table.refresh();
        return find(table, mark)
                .orElseThrow(() -> new IllegalStateException("a committed snapshot is missing"));
    }

    private static AppendFiles append(Table table, List<WrittenFile> files) {
        AppendFiles append = table.newAppend();
        files.forEach(file -> append.appendFile(file.file()));
        return append;
    }

    /// Whatever is there at the moment of the commit goes, whoever put it there.
    private static OverwriteFiles replace(Table table, List<WrittenFile> files) {
        OverwriteFiles replace =
                table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
        files.forEach(file -> replace.addFile(file.file()));
        return replace;
    }

    private static Optional<Snapshot> find(Table table, String mark) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> mark.equals(snapshot.summary().get(MARK)))
                .findFirst();
    }

    private static Problem unknown(CommitStateUnknownException error) {
        return new Problem(
                ProblemCode.UNAVAILABLE,
                "the catalog did not say whether the commit succeeded, and it is not there now; try"
                        + " again when the catalog answers",
                error);
    }
}
