package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Op;
import dev.sheaf.context.document.Expiry;
import dev.sheaf.context.store.StateCursor;
import dev.sheaf.context.store.StateEntry;
import dev.sheaf.context.store.Table;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Removes documents whose time to live has ended, as `spec/context.md` section 3.6 says: goes
/// through a group's stored documents round after round, a few at a time. Regions take turns by the
/// document's key, so that as a rule one of them writes the removal; what it leaves, the next ones
/// do later. For the group's thread.
final class ExpirySweep {
    private static final int DOCUMENTS_AT_ONCE = 200;

    /// These are decoded, which takes long.
    private static final int UNSTABLE_AT_ONCE = 16;

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long ROUND_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TURN_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final byte[] BEGINNING = new byte[0];

    private final Group group;
    private final EngineParts parts;
    private byte[] after = BEGINNING;
    private long nextNanos;

    ExpirySweep(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
        this.nextNanos = parts.nanoTime().getAsLong() + EVERY_NANOS;
    }

    void tick(long nowNanos) {
        if (nowNanos - nextNanos < 0 || !group.mayWrite()) {
            return;
        }
        List<DocumentKey> expired = new ArrayList<>();
        boolean isRoundOver = scan(expired);
        nextNanos = nowNanos + (isRoundOver ? ROUND_PAUSE_NANOS : EVERY_NANOS);
        for (DocumentKey key : expired) {
            group.typeOf(key).ifPresent(type -> remove(key, type));
        }
    }

    /// @return whether that was the last document
    private boolean scan(List<DocumentKey> expired) {
        byte[] prefix = DocumentKeys.group(group.number());
        byte[] from = after.length == 0 ? prefix : after;
        try (StateCursor cursor = parts.state().scan(Table.DOCUMENTS, prefix, from)) {
            int unstable = 0;
            for (int scanned = 0;
                    scanned < DOCUMENTS_AT_ONCE && unstable < UNSTABLE_AT_ONCE;
                    scanned++) {
                Optional<StateEntry> next = cursor.next();
                if (next.isEmpty()) {
                    after = BEGINNING;
                    return true;
                }
                after = following(next.get().key());
                DocumentKey key = DocumentKeys.documentOf(next.get().key());
                Optional<KnownType> type = group.typeOf(key);
                if (type.isPresent()) {
                    StoredDocument stored = StoredDocument.header(next.get().value());
                    if (!stored.isStable()) {
                        unstable++;
                        group.documents().settleStored(type.get(), key, next.get().value());
                    }
                    if (hasEnded(key, type.get(), stored.expiry())) {
                        expired.add(key);
                    }
                }
            }
        }
        return false;
    }

    private boolean hasEnded(DocumentKey key, KnownType type, Expiry expiry) {
        return expiry.atMillis(type.ttlSeconds()) <= dueMillis(key, type);
    }

    private static byte[] following(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /// A document that ended before this is this region's to remove.
    private long dueMillis(DocumentKey key, KnownType type) {
        List<RegionName> regions = List.copyOf(type.regions());
        int first = Shards.of(key, regions.size());
        int own = regions.indexOf(parts.config().region());
        return parts.clock().millis() - Math.floorMod(own - first, regions.size()) * TURN_MILLIS;
    }

    private void remove(DocumentKey key, KnownType type) {
        DocumentEntry entry = group.documents().load(type, key);
        if (hasEnded(key, type, entry.document.expiry())) {
            write(key, type);
        }
    }

    /// Removes the document now if its time has ended, for a write that comes after: what had ended
    /// must not come back with it.
    void removeIfEnded(DocumentKey key, KnownType type, DocumentEntry entry) {
        if (entry.document.exists() && !group.shows(entry)) {
            write(key, type);
        }
    }

    private void write(DocumentKey key, KnownType type) {
        group.write(
                new Event(
                        UUID.randomUUID().toString(),
                        EventKind.CONTEXT_DELTA,
                        key.type(),
                        key.id(),
                        type.newestVersion(),
                        parts.actors().indexOf(group.replica().self()),
                        group.replica().nextSequence(),
                        1,
                        parts.hybridClock().next(),
                        group.replica().applied(),
                        type.lane(),
                        "",
                        type.ttlSeconds(),
                        "",
                        List.of(new Op.Remove(List.of()))));
    }
}
