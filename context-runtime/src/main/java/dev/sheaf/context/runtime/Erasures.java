package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.store.LogRecord;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.Table;
import dev.sheaf.context.sync.GroupId;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Takes the content of erased documents out of the log and the conflict stream. What is still to
/// be done survives a restart. For any thread.
final class Erasures implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final byte[] PENDING = "erasures".getBytes(StandardCharsets.UTF_8);

    private final Groups groups;
    private final Map<DocumentKey, Long> pending = new ConcurrentHashMap<>();
    private volatile boolean hasNew;
    private final Periodic periodic = new Periodic("erasures", EVERY, this::carryOut);

    Erasures(Groups groups) {
        this.groups = groups;
        groups.parts().state().get(Table.META, PENDING).ifPresent(this::read);
    }

    void start() {
        periodic.start();
    }

    /// @param fence the erasure's dot
    void add(DocumentKey key, long fence) {
        pending.put(key, fence);
        hasNew = true;
    }

    /// Puts what is to be carried out into a batch that may have an erased document, if there is
    /// anything new: a crash must not leave a document erased and its content in the log.
    void keepNew(StateBatch batch) {
        if (hasNew) {
            hasNew = false;
            keep(pending, batch);
        }
    }

    /// Such a batch did not reach the store.
    void notKept() {
        hasNew = !pending.isEmpty();
    }

    private void read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        while (in.remaining() > 0) {
            pending.put(new DocumentKey(in.string(), in.string()), in.u64());
        }
    }

    private void keep(Map<DocumentKey, Long> left, StateBatch batch) {
        ByteWriter out = new ByteWriter();
        left.forEach((key, fence) -> {
            out.string(key.type());
            out.string(key.id());
            out.u64(fence);
        });
        batch.put(Table.META, PENDING, out.toByteArray());
    }

    private void carryOut() {
        if (pending.isEmpty()) {
            return;
        }
        Map<DocumentKey, Long> erased = new HashMap<>(pending);
        write(erased, new StateBatch());
        groups.parts().log().sync();
        try (LogEvents.Decoder decoder =
                        new LogEvents(groups.parts().log(), groups.parts().actors()).decoder();
                BatchCompression compression = BatchCompression.none()) {
            BatchWriter writer = new BatchWriter(groups.parts().actors());
            groups.parts()
                    .log()
                    .scrub(record -> scrubbed(record, erased, decoder, writer, compression));
        }
        StateBatch batch = new StateBatch();
        groups.parts().conflicts().erase(erased.keySet(), batch);
        erased.forEach(pending::remove);
        write(pending, batch);
    }

    private void write(Map<DocumentKey, Long> left, StateBatch batch) {
        keep(left, batch);
        groups.parts().positions().writeBeside(batch);
    }

    private byte[] scrubbed(
            LogRecord record,
            Map<DocumentKey, Long> erased,
            LogEvents.Decoder decoder,
            BatchWriter writer,
            BatchCompression compression) {
        GroupId group = groups.idOf(record.stream().group());
        List<Event> events = new ArrayList<>();
        decoder.decode(record, events::add);
        boolean changes = false;
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            Long fence = erased.get(new DocumentKey(event.type(), event.documentId()));
            if (fence != null && hasContent(event) && !event.context().covers(fence)) {
                events.set(i, Groups.withoutContent(event));
                changes = true;
            }
        }
        if (!changes) {
            return record.payload();
        }
        events.forEach(event -> writer.add(group.scope(), group.shard(), event));
        return writer.finish(compression);
    }

    private static boolean hasContent(Event event) {
        return event.ops().stream()
                .anyMatch(op -> !(op instanceof Op.Erase || op instanceof Op.EraseSubject));
    }

    @Override
    public void close() {
        periodic.close();
    }
}
