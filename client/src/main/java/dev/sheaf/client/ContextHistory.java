package dev.sheaf.client;

import java.time.Instant;
import java.util.List;

/// A document's last events, as far as the node's log still has them, oldest first.
public record ContextHistory(List<Event> events) {
    public ContextHistory {
        events = List.copyOf(events);
    }

    /// One of them.
    ///
    /// @param context what the writer had seen, as text
    /// @param operations as text, one each
    public record Event(
            String eventId,
            String kind,
            String dot,
            Instant at,
            String author,
            String schemaVersion,
            String context,
            List<String> operations) {
        public Event {
            operations = List.copyOf(operations);
        }
    }
}
