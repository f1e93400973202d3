package dev.sheaf.context.sync;

import dev.sheaf.context.Event;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;

/// Received events in the order of their streams, waiting until what their writers had seen is
/// here. Bounded by the windows of the subscriptions: what waits is not durable, and so not
/// acknowledged.
final class Inbox {
    private static final int STREAMS_INITIAL = 8;

    /// What became of an event that came in.
    enum Outcome {
        QUEUED,
        DUPLICATE,
        /// Events before it are missing.
        GAP,
        /// It begins inside what is here already: not the stream we know.
        OVERLAP
    }

    private final Frontier applied;
    @Nullable private Deque<Event>[] streams = streams(STREAMS_INITIAL);
    private int size;

    Inbox(Frontier applied) {
        this.applied = applied;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Deque<Event>[] streams(int size) {
        return new Deque[size];
    }

    int size() {
        return size;
    }

    /// The last sequence number that is here, applied or waiting.
    long tail(int actor) {
        Deque<Event> waiting = actor < streams.length ? streams[actor] : null;
        return waiting == null || waiting.isEmpty()
                ? applied.get(actor)
                : waiting.getLast().lastSequence();
    }

    Outcome accept(Event event) {
        long tail = tail(event.actor());
        if (event.lastSequence() <= tail) {
            return Outcome.DUPLICATE;
        } else if (event.sequence() > tail + 1) {
            return Outcome.GAP;
        } else if (event.sequence() <= tail) {
            return Outcome.OVERLAP;
        }
        stream(event.actor()).add(event);
        size++;
        return Outcome.QUEUED;
    }

    private Deque<Event> stream(int actor) {
        if (actor >= streams.length) {
            streams = Arrays.copyOf(streams, Math.max(actor + 1, streams.length * 2));
        }
        Deque<Event> stream = streams[actor];
        if (stream == null) {
            stream = new ArrayDeque<>();
            streams[actor] = stream;
        }
        return stream;
    }

    /// Hands on whatever can be applied now. `apply` must raise the applied vector.
    void drain(Consumer<Event> apply) {
        boolean moved = size > 0;
        while (moved) {
            moved = false;
            for (Deque<Event> stream : streams) {
                while (stream != null && !stream.isEmpty() && isReady(stream.getFirst())) {
                    size--;
                    apply.accept(stream.removeFirst());
                    moved = true;
                }
            }
            moved = moved && size > 0;
        }
    }

    private boolean isReady(Event event) {
        return applied.covers(event.context());
    }

    /// Forgets what waits of this stream.
    void drop(int actor) {
        if (actor < streams.length && streams[actor] instanceof Deque<Event> waiting) {
            size -= waiting.size();
            waiting.clear();
        }
    }
}
