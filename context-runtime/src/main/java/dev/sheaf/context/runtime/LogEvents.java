package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.codec.BatchReader;
import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.store.LogCursor;
import dev.sheaf.context.store.LogRead;
import dev.sheaf.context.store.LogRecord;
import dev.sheaf.context.store.StreamId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Events out of the log's records. Each call uses native memory of its own and gives it back; for
/// any thread.
final class LogEvents {
    private final EventLog log;
    private final ActorTable actors;

    LogEvents(EventLog log, ActorTable actors) {
        this.log = log;
        this.actors = actors;
    }

    /// The events of one stream after a sequence number, about so many bytes of records, at least
    /// one event if there is any; empty when the log was cut there.
    Optional<List<Event>> read(int group, int actor, long after, long through, long bytesMax) {
        LogRead read = log.read(group, actor, after + 1);
        return switch (read) {
            case LogRead.Cut cut -> Optional.empty();
            case LogRead.Open open -> {
                List<Event> events = new ArrayList<>();
                try (LogCursor cursor = open.cursor();
                        Decoder decoder = new Decoder()) {
                    long bytes = 0;
                    Optional<LogRecord> next = cursor.next();
                    while (next.isPresent()
                            && next.get().firstSequence() <= through
                            && (bytes < bytesMax || events.isEmpty())) {
                        bytes += next.get().payload().length;
                        decoder.decode(
                                next.get(),
                                event -> {
                                    if (event.sequence() > after
                                            && event.lastSequence() <= through) {
                                        events.add(event);
                                    }
                                });
                        next = cursor.next();
                    }
                }
                yield Optional.of(events);
            }
        };
    }

    /// All events of a group that the log still has, in its order.
    void replay(int group, Consumer<Event> receiver) {
        Map<StreamId, Long> from = new HashMap<>();
        for (StreamId stream : log.lastSequences().keySet()) {
            if (stream.group() == group) {
                from.put(stream, 1L);
            }
        }
        if (from.isEmpty()) {
            return;
        }
        LogRead read = log.read(from);
        if (read instanceof LogRead.Cut(Map<StreamId, Long> firstAvailable)) {
            from.putAll(firstAvailable);
            read = log.read(from);
        }
        if (read instanceof LogRead.Open open) {
            try (LogCursor cursor = open.cursor();
                    Decoder decoder = new Decoder()) {
                for (Optional<LogRecord> next = cursor.next();
                        next.isPresent();
                        next = cursor.next()) {
                    decoder.decode(next.get(), receiver);
                }
            }
        }
    }

    /// The records of a group whose events this cut does not cover, up to what is synced now, as
    /// far back as the log goes.
    LogCursor after(int group, VersionVector cut) {
        Map<StreamId, Long> from = new HashMap<>();
        for (StreamId stream : log.lastSequences().keySet()) {
            if (stream.group() == group) {
                from.put(stream, cut.get(stream.actor()) + 1);
            }
        }
        LogRead read = log.read(from);
        if (read instanceof LogRead.Cut(Map<StreamId, Long> firstAvailable)) {
            from.putAll(firstAvailable);
            read = log.read(from);
        }
        return switch (read) {
            case LogRead.Open open -> open.cursor();
            case LogRead.Cut cutAgain ->
                    throw new IllegalStateException("the log is cut while it is read: " + cutAgain);
        };
    }

    /// Decodes records one after another.
    final class Decoder implements AutoCloseable {
        private final BatchDecompression decompression =
                new BatchDecompression(id -> Optional.empty());
        private final BatchReader reader = new BatchReader(decompression, actors::indexOf);

        void decode(LogRecord record, Consumer<Event> receiver) {
            decode(record.payload(), receiver);
        }

        void decode(byte[] batch, Consumer<Event> receiver) {
            reader.read(batch, 0, batch.length, (scope, shard, event) -> receiver.accept(event));
        }

        @Override
        public void close() {
            decompression.close();
        }
    }

    Decoder decoder() {
        return new Decoder();
    }
}
