package dev.sheaf.testkit;

import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A log in memory that loses in a crash what was not synced, and whose beginning can be cut.
final class SimLog {
    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, List<Event>> streams = new HashMap<>();
    private long base;
    private long synced;

    void append(Event event) {
        events.add(event);
        streams.computeIfAbsent(event.actor(), actor -> new ArrayList<>()).add(event);
    }

    /// The position after the last event, counted from the first that was ever appended.
    long end() {
        return base + events.size();
    }

    /// All that is still there.
    List<Event> all() {
        return List.copyOf(events);
    }

    long synced() {
        return synced;
    }

    void sync(long position) {
        synced = Math.max(synced, position);
    }

    /// The power fails.
    void crash() {
        while (end() > synced) {
            Event lost = events.removeLast();
            streams.getOrDefault(lost.actor(), List.of()).removeLast();
        }
    }

    List<Event> from(long position) {
        return events.subList((int) (position - base), events.size());
    }

    /// Cuts events off the beginning that the vector covers, up to the position.
    void cut(VersionVector covered, long position) {
        int count = 0;
        while (base + count < position
                && covered.get(events.get(count).actor()) >= events.get(count).lastSequence()) {
            List<Event> stream = streams.getOrDefault(events.get(count).actor(), List.of());
            stream.removeFirst();
            count++;
        }
        events.subList(0, count).clear();
        base += count;
    }

    /// The actor's events after a sequence number; empty when the log begins later, or has none.
    List<Event> read(int actor, long after, long through, long bytesMax) {
        List<Event> stream = streams.getOrDefault(actor, List.of());
        int low = 0;
        int high = stream.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stream.get(middle).sequence() <= after) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        List<Event> read = new ArrayList<>();
        if (low < stream.size() && stream.get(low).sequence() != after + 1) {
            return read;
        }
        long bytes = 0;
        while (low < stream.size()
                && stream.get(low).lastSequence() <= through
                && bytes < bytesMax) {
            Event event = stream.get(low++);
            bytes += SimGroup.bytesOf(event);
            read.add(event);
        }
        return read;
    }

    List<Event> after(int actor, long end) {
        return streams.getOrDefault(actor, List.of()).stream()
                .filter(event -> event.sequence() > end)
                .toList();
    }

    /// A log that goes on from a state: what another log still had.
    static SimLog startingWith(List<Event> suffix) {
        SimLog log = new SimLog();
        suffix.forEach(log::append);
        log.sync(log.end());
        return log;
    }
}
