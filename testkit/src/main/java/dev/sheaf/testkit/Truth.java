package dev.sheaf.testkit;

import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is true of one group, as only somebody outside can know: which events are durable at their
/// origins, which were acknowledged when, and which documents belong to which vector.
final class Truth {
    private static final int DIGESTS_MAX = 4_096;

    private final Map<Integer, Stream> streams = new HashMap<>();
    private final Map<VersionVector, Long> digests =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<VersionVector, Long> eldest) {
                    return size() > DIGESTS_MAX;
                }
            };
    private final Map<String, List<Event>> erasures = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<String, Long> reissued = new HashMap<>();
    private final Map<String, Event> originals = new HashMap<>();

    /// One actor's events, durable at the origin.
    private static final class Stream {
        final List<Event> events = new ArrayList<>();
        long[] times = new long[16];
        long[] sequences = new long[16];
        int acknowledgements;
        boolean isLost;
    }

    private Stream stream(int actor) {
        return streams.computeIfAbsent(actor, index -> new Stream());
    }

    /// The event is durable at its origin.
    ///
    /// @return what is wrong with that, or null
    @Nullable String durable(Event event) {
        Stream stream = stream(event.actor());
        if (!stream.events.isEmpty()) {
            Event last = stream.events.getLast();
            if (event.lastSequence() <= last.lastSequence()) {
                Event before = find(event.actor(), event.sequence());
                boolean same = before != null && before.eventId().equals(event.eventId());
                return same ? null : event.eventId() + " has a number that was used before";
            }
            if (event.sequence() != last.lastSequence() + 1) {
                return event.eventId() + " leaves a hole after " + last.eventId();
            }
        }
        stream.events.add(event);
        if (!event.ops().isEmpty() && event.ops().getFirst() instanceof Op.Erase) {
            erasures.computeIfAbsent(event.documentId(), id -> new ArrayList<>()).add(event);
        }
        return null;
    }

    @Nullable Event find(int actor, long sequence) {
        List<Event> events = stream(actor).events;
        int low = 0;
        int high = events.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Event event = events.get(middle);
            if (event.lastSequence() < sequence) {
                low = middle + 1;
            } else if (event.sequence() > sequence) {
                high = middle - 1;
            } else {
                return event;
            }
        }
        return null;
    }

    List<Event> erasuresOf(String documentId) {
        return erasures.getOrDefault(documentId, List.of());
    }

    /// The writer was told that its write is safe.
    void acknowledged(Event event, long now) {
        Stream stream = stream(event.actor());
        if (stream.acknowledgements == stream.times.length) {
            stream.times = Arrays.copyOf(stream.times, stream.times.length * 2);
            stream.sequences = Arrays.copyOf(stream.sequences, stream.sequences.length * 2);
        }
        stream.times[stream.acknowledgements] = now;
        stream.sequences[stream.acknowledgements++] = event.lastSequence();
        acknowledged.putIfAbsent(event.eventId(), event.dot());
    }

    /// The same event is written again by the region's next actor.
    void reissued(Event original, Event event) {
        reissued.put(event.eventId(), event.dot());
        originals.putIfAbsent(event.eventId(), original);
    }

    /// The event as it was written first.
    Event original(Event event) {
        return originals.getOrDefault(event.eventId(), event);
    }

    /// The event was concurrent with an erasure, and is not written again.
    void absorbed(Event event) {
        acknowledged.remove(event.eventId());
    }

    /// The last sequence number that the actor had acknowledged at that time.
    long acknowledgedAt(int actor, long time) {
        Stream stream = streams.get(actor);
        if (stream == null || stream.acknowledgements == 0 || stream.times[0] > time) {
            return 0;
        }
        int low = 0;
        int high = stream.acknowledgements - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (stream.times[middle] <= time) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return stream.sequences[low];
    }

    long acknowledgedLast(int actor) {
        Stream stream = streams.get(actor);
        return stream == null || stream.acknowledgements == 0
                ? 0
                : stream.sequences[stream.acknowledgements - 1];
    }

    /// A disk was lost: what only that node had is gone, and nobody promised otherwise.
    void lost(int actor) {
        stream(actor).isLost = true;
    }

    boolean isLost(int actor) {
        return stream(actor).isLost;
    }

    /// Where acknowledged writes must be found: by event id, the dot under which each is in the
    /// streams.
    Map<String, Long> acknowledgedDots() {
        Map<String, Long> dots = new HashMap<>(acknowledged);
        dots.replaceAll((id, dot) -> reissued.getOrDefault(id, dot));
        return dots;
    }

    /// The digest that belongs to this vector.
    ///
    /// @return the digest that another node had at the same vector, when it is another
    @Nullable Long differing(VersionVector vector, long digest) {
        Long before = digests.putIfAbsent(vector, digest);
        return before != null && before != digest ? before : null;
    }
}
