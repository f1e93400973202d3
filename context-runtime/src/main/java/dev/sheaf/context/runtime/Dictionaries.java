package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.codec.CompressionDictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// One dictionary for each context type, trained on the first events of the type that are sent. Any
/// thread may use it.
final class Dictionaries {
    /// How many events a dictionary is trained on, in the runs in which they were sent, and how
    /// many of a run at most.
    private static final int EVENTS = 4_000;

    private static final int SAMPLE_EVENTS = 10;

    private final ActorTable actors;
    private final Executor background;
    private final Map<String, Training> trainings = new ConcurrentHashMap<>();
    private final Map<String, CompressionDictionary> ready = new ConcurrentHashMap<>();

    /// Samples of one type, until there are enough.
    private static final class Training {
        private final List<byte[]> samples = new ArrayList<>();
        private int eventCount;
        private boolean closed;
    }

    Dictionaries(ActorTable actors, Executor background) {
        this.actors = actors;
        this.background = background;
    }

    Optional<CompressionDictionary> of(String type) {
        return Optional.ofNullable(ready.get(type));
    }

    void sample(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        String type = events.getFirst().type();
        if (ready.containsKey(type)) {
            return;
        }
        Training training = trainings.computeIfAbsent(type, key -> new Training());
        synchronized (training) {
            if (training.closed) {
                return;
            }
            training.samples.add(body(events));
            training.eventCount += Math.min(events.size(), SAMPLE_EVENTS);
            if (training.eventCount >= EVENTS) {
                training.closed = true;
                List<byte[]> samples = List.copyOf(training.samples);
                training.samples.clear();
                background.execute(() ->
                        CompressionDictionary.train(samples)
                                .ifPresent(dictionary -> ready.put(type, dictionary)));
            }
        }
    }

    private byte[] body(List<Event> events) {
        BatchWriter writer = new BatchWriter(actors);
        events.stream().limit(SAMPLE_EVENTS).forEach(event -> writer.add("", 0, event));
        try (BatchCompression none = BatchCompression.none()) {
            return writer.finish(none);
        }
    }
}
