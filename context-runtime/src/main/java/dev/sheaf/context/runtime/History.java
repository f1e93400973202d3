package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Hlc;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The events of a document that the log still has.
final class History {
    private final Groups groups;

    History(Groups groups) {
        this.groups = groups;
    }

    /// The last ones, oldest first.
    List<HistoryEntry> of(DocumentKey key, Group group, int limit) {
        EngineParts parts = groups.parts();
        ArrayDeque<HistoryEntry> last = new ArrayDeque<>();
        new LogEvents(parts.log(), parts.actors())
                .replay(
                        group.number(),
                        event -> {
                            boolean isOurs =
                                    event.type().equals(key.type())
                                            && event.documentId().equals(key.id());
                            if (isOurs) {
                                if (last.size() == limit) {
                                    last.remove();
                                }
                                last.add(entry(event, parts.actors()));
                            }
                        });
        return new ArrayList<>(last);
    }

    private static HistoryEntry entry(Event event, ActorTable actors) {
        return new HistoryEntry(
                event.eventId(),
                event.kind().name(),
                Dot.text(event.dot(), actors),
                Instant.ofEpochMilli(Hlc.millis(event.hlc())),
                event.author(),
                event.schemaVersion(),
                EventText.vector(event.context(), actors),
                event.ops().stream().map(op -> EventText.operation(op, actors)).toList());
    }
}
