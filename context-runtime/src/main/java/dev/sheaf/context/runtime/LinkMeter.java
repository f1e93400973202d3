package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Counts what goes over one link. Any thread may use it.
final class LinkMeter {
    /// One event in so many is written as JSON to know how long that would have been.
    private static final int SAMPLE_EVERY = 64;

    private final LongAdder eventsOut = new LongAdder();
    private final LongAdder eventsIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder eventFrames = new LongAdder();
    private final LongAdder eventBytesOut = new LongAdder();
    private final LongAdder sampledJsonBytes = new LongAdder();
    private final LongAdder sampledEvents = new LongAdder();
    private long untilSample;

    /// For one thread at a time.
    void sending(List<Event> events) {
        eventsOut.add(events.size());
        for (Event event : events) {
            if (--untilSample <= 0) {
                untilSample = SAMPLE_EVERY;
                sampledJsonBytes.add(EventText.jsonBytes(event));
                sampledEvents.increment();
            }
        }
    }

    void sent(int frameBytes, int events) {
        bytesOut.add(frameBytes);
        if (events > 0) {
            eventFrames.increment();
            eventBytesOut.add(frameBytes);
        }
    }

    void received(int frameBytes) {
        bytesIn.add(frameBytes);
    }

    void receivedEvents(int events) {
        eventsIn.add(events);
    }

    long eventsOut() {
        return eventsOut.sum();
    }

    long eventsIn() {
        return eventsIn.sum();
    }

    long bytesOut() {
        return bytesOut.sum();
    }

    long bytesIn() {
        return bytesIn.sum();
    }

    /// Frames that had events.
    long eventFramesOut() {
        return eventFrames.sum();
    }

    /// How many bytes the events would have taken as JSON, beyond those of the frames that had
    /// them; an estimate from samples.
    long savedBytes() {
        long sampled = sampledEvents.sum();
        if (sampled == 0) {
            return 0;
        }
        return sampledJsonBytes.sum() / sampled * eventsOut.sum() - eventBytesOut.sum();
    }
}
