package dev.sheaf.context;

import java.util.List;

/// One atomic change of one document, as it is logged and sent: resolved, with its place in its
/// origin's stream. Sequence numbers `sequence` to `lastSequence()` are its own; a stream is one
/// origin's events of one scope and shard, without holes.
///
/// @param eventId the writer's own, unique in the mesh; the same id twice has the effect of once
/// @param type the context type's name
/// @param documentId which document of the type
/// @param schemaVersion the version of the type's schema that the writer spoke, as in `1.2`
/// @param actor index of the origin in the node's table
/// @param sequence the event's first sequence number, from 1
/// @param width how many numbers it takes, at least 1: one for each list element it makes
/// @param hlc the origin's hybrid clock, see [Hlc]
/// @param context what the writer had seen: the origin's own entry is `sequence - 1`
/// @param author the subject who wrote, or empty
/// @param ttlSeconds seconds the document lives after this write, or 0 for the type's own rule
/// @param compactionKey events of the same key may be coalesced, or empty
public record Event(
        String eventId,
        EventKind kind,
        String type,
        String documentId,
        String schemaVersion,
        int actor,
        long sequence,
        int width,
        long hlc,
        VersionVector context,
        Lane lane,
        String author,
        long ttlSeconds,
        String compactionKey,
        List<Op> ops) {

    /// The dot of everything in this event that is not a list element.
    public long dot() {
        return Dot.of(actor, sequence);
    }

    public long lastSequence() {
        return sequence + width - 1;
    }
}
