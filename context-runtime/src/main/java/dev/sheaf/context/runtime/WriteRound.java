package dev.sheaf.context.runtime;

import dev.sheaf.context.store.StateBatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// One batch of a worker's changed documents on its way to the state store, encoded a little at a
/// time while the documents change on. Each is in the batch with what it holds at its own moment
/// and the log's position then; what is not a document, and the position from which a restart
/// merges the log again, are of the round's beginning. For the worker's thread.
final class WriteRound {
    private final Worker worker;
    private final EngineParts parts;
    private final StateBatch batch = new StateBatch();
    private final long turn;
    private final long position;
    private final boolean flushes;
    private final List<GroupSnapshot> snapshots = new ArrayList<>();
    private final ArrayDeque<Dirty> left = new ArrayDeque<>();
    private long encodingNanos;
    private final List<Runnable> whenFlushed;
    private Runnable conflictsWritten = () -> {};

    private record Dirty(DocumentKey key, DocumentEntry entry) {}

    /// Everything that is merged has to be logged.
    WriteRound(Worker worker, EngineParts parts, boolean flushes) {
        this.worker = worker;
        this.parts = parts;
        this.flushes = flushes;
        this.turn = worker.turn();
        this.position = parts.log().appendedPosition();
        worker.groups().forEach(group -> snapshots.add(group.snapshot(batch)));
        this.whenFlushed =
                flushes ? worker.groups().stream().map(Group::whenFlushed).toList() : List.of();
        worker.cache().forEachDirty((key, entry) -> left.add(new Dirty(key, entry)));
    }

    /// The turn up to whose end all changes are in the batch.
    long turn() {
        return turn;
    }

    /// Of the log, where this turn ended.
    long position() {
        return position;
    }

    boolean flushes() {
        return flushes;
    }

    /// How long the worker was kept.
    long encodingNanos() {
        return encodingNanos;
    }

    StateBatch batch() {
        return batch;
    }

    /// The batch is in the store.
    void written() {
        conflictsWritten.run();
    }

    /// The store was told to flush, if that is wanted, and has done so.
    void flushed() {
        whenFlushed.forEach(Runnable::run);
    }

    /// Goes on for about this long.
    ///
    /// @return whether the batch is complete
    boolean encode(LongSupplier nanoTime, long nanos) {
        long begin = nanoTime.getAsLong();
        long now = begin;
        while (!left.isEmpty() && now - begin < nanos) {
            Dirty next = left.remove();
            if (worker.groups().contains(next.entry().group)) {
                boolean last = next.entry().turn <= turn;
                next.entry().group.documents().write(next.key(), next.entry(), last, batch);
            }
            now = nanoTime.getAsLong();
        }
        boolean complete = left.isEmpty();
        if (complete) {
            snapshots.removeIf(snapshot -> !worker.groups().contains(snapshot.group()));
            snapshots.forEach(snapshot -> snapshot.group().write(snapshot, batch));
            conflictsWritten = parts.conflicts().writeBehind(batch);
        }
        encodingNanos += now - begin;
        return complete;
    }
}
