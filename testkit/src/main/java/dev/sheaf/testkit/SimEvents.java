package dev.sheaf.testkit;

import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;

import java.util.List;

/// Makes the events of simulated writers.
final class SimEvents {
    static final String TYPE = "note";

    private SimEvents() {}

    static Event written(
            String id,
            EventKind kind,
            String documentId,
            int actor,
            long sequence,
            int width,
            long hlc,
            VersionVector context,
            List<Op> ops) {
        return new Event(
                id,
                kind,
                TYPE,
                documentId,
                "1.0",
                actor,
                sequence,
                width,
                hlc,
                context,
                Lane.IMPORTANT,
                "",
                0,
                "",
                ops);
    }

    static Event withOps(Event event, List<Op> ops) {
        return new Event(
                event.eventId(),
                event.kind(),
                event.type(),
                event.documentId(),
                event.schemaVersion(),
                event.actor(),
                event.sequence(),
                event.width(),
                event.hlc(),
                event.context(),
                event.lane(),
                event.author(),
                event.ttlSeconds(),
                event.compactionKey(),
                ops);
    }
}
