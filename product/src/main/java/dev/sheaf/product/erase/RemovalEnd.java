package dev.sheaf.product.erase;

import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.TableHistory;
import dev.sheaf.lake.TableHistory.StoredFile;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Removal;
import dev.sheaf.product.Removal.Gone;
import dev.sheaf.product.publish.Ancestry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Brings a removal that the ledger knows of to its end, from wherever it stopped: its snapshots
/// are forgotten and their files deleted; or, when its new snapshot was never committed, the files
/// that it wrote.
final class RemovalEnd {
    /// Names the removal in the summary of the snapshot that it makes.
    static final String SUMMARY_REMOVAL = "sheaf.removal";

    private final Lake lake;
    private final Ledger ledger;
    private final Consumer<List<String>> deleted;

    /// @param deleted hears of files that are gone, so that copies of them can go
    RemovalEnd(Lake lake, Ledger ledger, Consumer<List<String>> deleted) {
        this.lake = lake;
        this.ledger = ledger;
        this.deleted = deleted;
    }

    Removal bring(Removal removal, Consumer<RemovalStep> listener) {
        TableName name =
                new TableName(removal.product().domain().value(), removal.product().name());
        Optional<LakeTable> table = lake.table(name);
        Optional<TableHistory> history = lake.history(name);
        if (table.isEmpty() || history.isEmpty()) {
            return record(removal.ended(Removal.State.ABANDONED, 0, 0));
        }
        Optional<SnapshotInfo> made = made(table.get(), removal);
        if (removal.isRewrite() && made.isEmpty()) {
            table.get().discard(removal.id());
            return record(removal.ended(Removal.State.ABANDONED, 0, 0));
        }
        Removal whole =
                made.isEmpty()
                        ? removal
                        : withBetween(removal, made.get(), table.get(), history.get());
        ledger.record(whole);
        listener.accept(RemovalStep.FORGET);
        Set<Long> ids = new HashSet<>();
        whole.snapshots().forEach(gone -> ids.add(gone.snapshotId()));
        history.get().forget(ids);
        listener.accept(RemovalStep.DELETE);
        return record(delete(whole, table.get().refresh(), history.get()));
    }

    private Removal record(Removal ended) {
        ledger.record(ended);
        return ended;
    }

    static Optional<SnapshotInfo> made(LakeTable table, Removal removal) {
        return table.snapshots().stream()
                .filter(snapshot -> removal.id().equals(snapshot.summary().get(SUMMARY_REMOVAL)))
                .findFirst();
    }

    /// Adds the snapshots between the last one that goes and the one that was made.
    private static Removal withBetween(
            Removal removal, SnapshotInfo made, LakeTable table, TableHistory history) {
        Map<Long, SnapshotInfo> there = new HashMap<>();
        table.snapshots().forEach(snapshot -> there.put(snapshot.id(), snapshot));
        Map<Long, Gone> gone = new LinkedHashMap<>();
        removal.snapshots().forEach(each -> gone.put(each.snapshotId(), each));
        Set<StoredFile> files = new LinkedHashSet<>(removal.files());
        Optional<SnapshotInfo> at = made.parentId().map(there::get);
        while (at.isPresent() && !gone.containsKey(at.get().id())) {
            gone.put(at.get().id(), Ancestry.step(at.get()));
            files.addAll(history.files(at.get().id()).files());
            at = at.get().parentId().map(there::get);
        }
        return removal.with(List.copyOf(gone.values()), List.copyOf(files));
    }

    /// What a snapshot that stays consists of stays.
    private Removal delete(Removal removal, LakeTable table, TableHistory history) {
        Set<String> kept = new HashSet<>();
        for (SnapshotInfo snapshot : table.snapshots()) {
            history.files(snapshot.id()).files().forEach(file -> kept.add(file.location()));
        }
        List<String> gone = new ArrayList<>();
        long bytes = 0;
        for (StoredFile file : removal.files()) {
            if (!kept.contains(file.location())) {
                lake.files().deleteFile(file.location());
                gone.add(file.location());
                bytes += file.bytes();
            }
        }
        deleted.accept(gone);
        return removal.ended(Removal.State.DONE, gone.size(), bytes);
    }
}
