package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.Document;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// A document in memory and what its group has to remember of it. For the group's thread.
final class DocumentEntry {
    private static final long OVERHEAD_BYTES = 160;

    final Group group;
    final KnownType type;
    final Document document;

    /// The cut that the document was last stripped by: nothing in it is older and still has a dot.
    VersionVector stripped;

    /// What the group's digest has in it for this document.
    long digest;

    /// What the store has for this document in the sum of digests.
    long storedDigest;

    /// The position in the log up to which it had all its events when it was read from the store.
    long logged;

    /// By actor, the last event that was merged into it, or a later one.
    private long[] changes;

    /// Whether it satisfied its schema when that was last looked at.
    boolean isValid = true;

    /// The turn of its last change.
    long turn;

    /// Whether the group's digest has yet to learn of a change.
    boolean digestOld;

    /// Whether an event has changed it since the group's turn began.
    boolean changedThisTurn;

    /// Its place in the queue of those that carry dots.
    @Nullable UnstableDocument unstable;

    /// The subject that the index has, or empty.
    String subject = "";

    /// @param stripped the cut that the document is stripped by
    /// @param changes covers every event that was merged into it
    DocumentEntry(
            Group group,
            KnownType type,
            Document document,
            VersionVector stripped,
            VersionVector changes) {
        this.group = group;
        this.type = type;
        this.document = document;
        this.stripped = stripped;
        this.changes = new long[changes.width()];
        for (int actor = 0; actor < this.changes.length; actor++) {
            this.changes[actor] = changes.get(actor);
        }
    }

    /// Whether the writer of the event, which is about to be merged, may not have seen all of this
    /// document.
    boolean isConcurrent(Event event) {
        boolean concurrent = false;
        for (int actor = 0; actor < changes.length; actor++) {
            concurrent |= changes[actor] > event.context().get(actor);
        }
        if (event.actor() >= changes.length) {
            changes = Arrays.copyOf(changes, event.actor() + 1);
        }
        changes[event.actor()] = event.lastSequence();
        return concurrent;
    }

    long weightBytes() {
        return OVERHEAD_BYTES + document.weightBytes();
    }
}
