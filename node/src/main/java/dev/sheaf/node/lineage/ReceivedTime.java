package dev.sheaf.node.lineage;

import dev.sheaf.lineage.LineageEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Holds an event's time against this node's clock. Of a job's runs the one that began last counts:
/// a producer whose clock is far ahead would have the last word for as long as it is.
final class ReceivedTime {
    /// Clocks of machines in a cloud are apart by less.
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private ReceivedTime() {}

    /// The event as it is, or as of when it was received, which its notes say.
    static LineageEvent of(LineageEvent event, Instant receivedAt) {
        if (!event.time().isAfter(receivedAt.plus(AHEAD_MAX))) {
            return event;
        }
        LineageEvent.Contents contents = event.contents();
        List<String> notes = new ArrayList<>(contents.notes());
        notes.add(
                "/eventTime is "
                        + event.time()
                        + ", more than "
                        + AHEAD_MAX.toMinutes()
                        + " minutes ahead of this node's clock: the event counts as of "
                        + receivedAt
                        + "; set the producer's clock");
        return event.at(receivedAt)
                .with(
                        new LineageEvent.Contents(
                                contents.edges(), contents.told(), contents.datasets(), notes));
    }
}
