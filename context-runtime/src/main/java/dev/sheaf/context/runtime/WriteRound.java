package dev.sheaf.context.runtime;

import dev.sheaf.context.store.StateBatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// A worker's changed documents on their way to the state store, encoded a little at a time while
/// the documents change on. Each is written with what it holds at its own moment and the log's
/// position then, some of them together; at the end follows what is not a document, as it was at
/// the round's beginning, and the position from which a restart merges the log again. For the
/// worker's thread.
final class WriteRound {
    /// Small enough to be an ordinary object for the garbage collector.
    private static final int PART_BYTES = 200 << 10;

    private final Worker worker;
    private final EngineParts parts;
    private final long turn;
    private final long position;
    private final boolean flushes;
    private final StateBatch ending = new StateBatch();
    private final List<GroupSnapshot> snapshots = new ArrayList<>();
    private final ArrayDeque<Dirty> left = new ArrayDeque<>();
    private final List<Runnable> whenFlushed;
    private StateBatch part = new StateBatch();
    private long encodingNanos;
    private boolean complete;
    private boolean wroteParts;
    private Runnable conflictsWritten = () -> {};

    private record Dirty(DocumentKey key, DocumentEntry entry) {}

    /// Everything that is merged has to be logged.
    WriteRound(Worker worker, EngineParts parts, boolean flushes) {
        this.worker = worker;
        this.parts = parts;
        this.flushes = flushes;
        this.turn = worker.turn();
        this.position = parts.log().appendedPosition();
        worker.groups().forEach(group -> snapshots.add(group.snapshot(ending)));
        this.whenFlushed =
                flushes ? worker.groups().stream().map(Group::whenFlushed).toList() : List.of();
        worker.cache().forEachDirty((key, entry) -> left.add(new Dirty(key, entry)));
    }

    /// The turn up to whose end all changes are written.
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

    /// Whether nothing is left to encode.
    boolean isComplete() {
        return complete;
    }

    /// Whether there was nothing to write; once it is complete.
    boolean isEmpty() {
        return !wroteParts && ending.count() == 0;
    }

    /// What is written last, once the round is complete.
    StateBatch ending() {
        return ending;
    }

    /// Everything is in the store.
    void written() {
        conflictsWritten.run();
    }

    /// The store was told to flush, if that is wanted, and has done so.
    void flushed() {
        whenFlushed.forEach(Runnable::run);
    }

    /// Goes on for about this long.
    ///
    /// @param sink for batches of documents with the conflicts that were met until then, to be
    ///   written in this order, and what is to be called once one is written
    void encode(LongSupplier nanoTime, long nanos, BiConsumer<StateBatch, Runnable> sink) {
        long begin = nanoTime.getAsLong();
        long now = begin;
        while (!left.isEmpty() && now - begin < nanos) {
            encode(left.remove());
            if (part.sizeBytes() >= PART_BYTES) {
                endPart(sink);
            }
            now = nanoTime.getAsLong();
        }
        if (left.isEmpty()) {
            endPart(sink);
            worker.groups().forEach(group -> group.documents().dropDigested());
            snapshots.removeIf(snapshot -> !worker.groups().contains(snapshot.group()));
            snapshots.forEach(snapshot -> snapshot.group().write(snapshot, ending));
            conflictsWritten = parts.conflicts().writeBehind(ending);
            complete = true;
        }
        encodingNanos += now - begin;
    }

    private void encode(Dirty dirty) {
        Group group = dirty.entry().group;
        if (worker.groups().contains(group)) {
            boolean last = dirty.entry().turn <= turn;
            group.documents().write(dirty.key(), dirty.entry(), last, part);
        }
    }

    private void endPart(BiConsumer<StateBatch, Runnable> sink) {
        worker.groups().forEach(group -> group.documents().writeDigest(part));
        if (part.count() > 0) {
            worker.groups().forEach(group -> group.membership().keepErasures(part));
            sink.accept(part, parts.conflicts().writeBehind(part));
            wroteParts = true;
            part = new StateBatch();
        }
    }
}
