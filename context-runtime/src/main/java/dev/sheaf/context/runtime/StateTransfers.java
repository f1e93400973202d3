package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.document.DocumentCodec;
import dev.sheaf.context.document.Redactor;
import dev.sheaf.context.store.LogCursor;
import dev.sheaf.context.store.LogRecord;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateCursor;
import dev.sheaf.context.store.StateEntry;
import dev.sheaf.context.store.StreamId;
import dev.sheaf.context.store.Table;
import dev.sheaf.context.sync.ReplicaState;
import dev.sheaf.kernel.RegionName;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Sends a group's documents to a joiner in parts, and takes them in as a joiner. For the group's
/// thread.
///
/// A part: actor names, a kind, then documents as type, id, and what [DocumentCodec] writes with
/// the numbers of those names; the last parts are batches of the log from the cut on.
final class StateTransfers {
    private static final int PART_BYTES = 256 << 10;
    private static final int DOCUMENTS = 0;
    private static final int FENCES_AND_DOCUMENTS = 1;
    private static final int LOG = 2;
    private static final byte[] ANY = new byte[0];
    private static final long IDLE_NANOS_MAX = 120_000_000_000L;

    private final Group group;
    private final EngineParts parts;
    private final Map<RegionName, Sending> sendings = new HashMap<>();

    /// A snapshot on its way to one region.
    private static final class Sending {
        private final long transfer;
        private final StateCursor cursor;
        private final LogCursor log;
        private boolean areDocumentsSent;
        private boolean isLogSent;
        private int next;
        private long usedAtNanos;

        Sending(long transfer, StateCursor cursor, LogCursor log) {
            this.transfer = transfer;
            this.cursor = cursor;
            this.log = log;
        }

        void close() {
            cursor.close();
            log.close();
        }
    }

    StateTransfers(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
    }

    /// Gives up what nobody asks for any more.
    void tick(long nowNanos) {
        sendings.values()
                .removeIf(sending -> {
                    boolean idle = nowNanos - sending.usedAtNanos > IDLE_NANOS_MAX;
                    if (idle) {
                        sending.close();
                    }
                    return idle;
                });
    }

    void read(RegionName to, long transfer, int index) {
        if (index == 0) {
            Sending before = sendings.remove(to);
            if (before != null) {
                before.close();
            }
            group.worker().writeBehindNow();
            byte[] prefix = DocumentKeys.group(group.number());
            StateCursor documents = parts.state().scan(Table.DOCUMENTS, prefix, ANY);
            LogCursor log =
                    new LogEvents(parts.log(), parts.actors())
                            .after(group.number(), group.replica().cut());
            sendings.put(to, new Sending(transfer, documents, log));
        }
        Sending sending = sendings.get(to);
        if (sending == null || sending.transfer != transfer || sending.next != index) {
            return; // The joiner asks again from the beginning when nothing comes.
        }
        sending.next++;
        sending.usedAtNanos = parts.nanoTime().getAsLong();
        byte[] bytes = sending.areDocumentsSent ? logPart(to, sending) : documentPart(to, sending);
        boolean last = sending.areDocumentsSent && sending.isLogSent;
        if (last) {
            sending.close();
            sendings.remove(to);
        }
        group.worker()
                .submit(() ->
                        group.replica()
                                .stateRead(
                                        to,
                                        transfer,
                                        index,
                                        bytes,
                                        last,
                                        parts.nanoTime().getAsLong()));
    }

    private byte[] documentPart(RegionName to, Sending sending) {
        Part part = new Part(to);
        while (part.documents.size() < PART_BYTES) {
            Optional<StateEntry> entry = sending.cursor.next();
            if (entry.isEmpty()) {
                sending.areDocumentsSent = true;
                break;
            }
            part.add(entry.get());
        }
        return part.bytes(sending.next == 1);
    }

    /// Events that not all members have: should all who have them be lost, the joiner must be able
    /// to pass them on.
    private byte[] logPart(RegionName to, Sending sending) {
        BatchWriter batch = new BatchWriter(parts.actors());
        try (LogEvents.Decoder decoder = new LogEvents(parts.log(), parts.actors()).decoder();
                BatchCompression compression = BatchCompression.none()) {
            while (batch.sizeEstimate() < PART_BYTES) {
                Optional<LogRecord> record = sending.log.next();
                if (record.isEmpty()) {
                    sending.isLogSent = true;
                    break;
                }
                decoder.decode(
                        record.get(),
                        event ->
                                batch.add(
                                        group.id().scope(),
                                        group.id().shard(),
                                        group.visible(event, to)));
            }
            byte[] events = batch.finish(compression);
            ByteWriter out = new ByteWriter(events.length + 2);
            out.varint(0);
            out.u8(LOG);
            out.raw(events, 0, events.length);
            return out.toByteArray();
        }
    }

    private final class Part {
        private final RegionName to;
        private final Map<Integer, Integer> actorNumbers = new LinkedHashMap<>();
        private final ByteWriter documents = new ByteWriter(PART_BYTES + (PART_BYTES >> 2));
        private int count;

        Part(RegionName to) {
            this.to = to;
        }

        void add(StateEntry entry) {
            DocumentKey key = DocumentKeys.documentOf(entry.key());
            Optional<KnownType> type = parts.types().find(key.type());
            if (type.isEmpty() || !type.get().regions().contains(to)) {
                return;
            }
            Document document = StoredDocument.document(entry.value(), parts.actors());
            Optional<Redactor> redactor = type.get().redactorFor(to);
            Document visible = redactor.map(each -> each.redact(document)).orElse(document);
            byte[] encoded = DocumentCodec.encode(visible, this::number);
            documents.string(key.type());
            documents.string(key.id());
            documents.varint(encoded.length);
            documents.raw(encoded, 0, encoded.length);
            count++;
        }

        private int number(int actor) {
            return actorNumbers.computeIfAbsent(actor, key -> actorNumbers.size());
        }

        byte[] bytes(boolean first) {
            ByteWriter fences = new ByteWriter();
            if (first) {
                group.fences().write(fences, this::number);
            }
            ByteWriter out = new ByteWriter(documents.size() + 256);
            out.varint(actorNumbers.size());
            for (int actor : actorNumbers.keySet()) {
                out.string(parts.actors().actor(actor).toString());
            }
            out.u8(first ? FENCES_AND_DOCUMENTS : DOCUMENTS);
            out.raw(fences);
            out.varint(count);
            out.raw(documents);
            return out.toByteArray();
        }
    }

    /// Takes a part in; part 0 drops everything that the group had.
    void put(int index, byte[] bytes) {
        StateBatch batch = new StateBatch();
        if (index == 0) {
            // What is being written of the group as it was must not come after this.
            group.worker().writeBehindNow();
            byte[] from = DocumentKeys.group(group.number());
            byte[] to = DocumentKeys.group(group.number() + 1);
            batch.deleteRange(Table.DOCUMENTS, from, to);
            batch.deleteRange(Table.SUBJECTS, from, to);
            batch.deleteRange(Table.META, logKey(0), logKey(Integer.MAX_VALUE));
            group.documents().restore(0, 0);
            group.worker().dropFromCache(group);
        }
        ByteReader in = new ByteReader(bytes);
        int[] actors = new int[in.count("actors")];
        for (int i = 0; i < actors.length; i++) {
            actors[i] = parts.actors().indexOf(ActorId.parse(in.string()));
        }
        int kind = in.u8();
        if (kind == LOG) {
            batch.put(Table.META, logKey(index), in.raw(in.remaining()));
            parts.positions().writeBeside(batch);
            return;
        }
        if (kind == FENCES_AND_DOCUMENTS) {
            group.fences().read(in, number -> actor(in, actors, number));
        }
        for (int left = in.count("documents"); left > 0; left--) {
            DocumentKey key = new DocumentKey(in.string(), in.string());
            byte[] encoded = in.raw(in.count("bytes of a document"));
            Document document =
                    DocumentCodec.decode(
                            encoded, parts.actors(), number -> actor(in, actors, number));
            parts.types()
                    .find(key.type())
                    .ifPresent(type -> group.documents().take(key, type, document, batch));
        }
        in.end();
        group.membership().keepActors();
        parts.log().sync();
        // What other groups of this worker have changed is not in the batch: no position is
        // claimed.
        parts.positions().writeBeside(batch);
    }

    /// Kept aside until the state is complete.
    private byte[] logKey(int index) {
        byte[] name = ("joining/" + group.number() + "/").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Integer.BYTES).put(name).putInt(index).array();
    }

    private static int actor(ByteReader in, int[] actors, int number) {
        if (number < 0 || number >= actors.length) {
            throw in.fault("names the actor " + number + " of " + actors.length);
        }
        return actors[number];
    }

    /// All parts are in: makes them durable together with the replica's state, then tells it.
    void install(ReplicaState state) {
        Map<StreamId, Long> lasts = logTail(state.applied());
        for (int actor = 0; actor < state.applied().width(); actor++) {
            long last = lasts.getOrDefault(new StreamId(group.number(), actor), 0L);
            if (state.applied().get(actor) > last) {
                parts.log().restart(group.number(), actor, state.applied().get(actor) + 1);
            }
        }
        group.membership().keepActors();
        parts.log().sync();
        // Also waits for a batch that is under way and has the state from before.
        group.worker().writeBehindNow();
        group.worker().dropFromCache(group);
        StateBatch batch = new StateBatch();
        group.writeInstalled(state, batch);
        batch.deleteRange(Table.META, logKey(0), logKey(Integer.MAX_VALUE));
        parts.positions().writeBeside(batch);
        parts.positions().flush();
        group.worker()
                .submit(() -> {
                    group.replica().installed(parts.nanoTime().getAsLong());
                    group.membership().installed(group);
                });
    }

    /// Puts the events that came with the state into the log.
    ///
    /// @return the last sequence number of each stream in the log
    private Map<StreamId, Long> logTail(VersionVector applied) {
        Map<StreamId, Long> lasts = new HashMap<>(parts.log().lastSequences());
        byte[] first = logKey(0);
        byte[] prefix = Arrays.copyOf(first, first.length - Integer.BYTES);
        try (StateCursor cursor = parts.state().scan(Table.META, prefix, prefix);
                LogEvents.Decoder decoder = new LogEvents(parts.log(), parts.actors()).decoder()) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                decoder.decode(next.get().value(), event -> logTail(event, applied, lasts));
            }
        }
        group.endLogged();
        return lasts;
    }

    private void logTail(Event event, VersionVector applied, Map<StreamId, Long> lasts) {
        StreamId stream = new StreamId(group.number(), event.actor());
        Long last = lasts.get(stream);
        if (last != null && event.sequence() <= last
                || event.lastSequence() > applied.get(event.actor())) {
            return;
        }
        if (last != null && event.sequence() > last + 1) {
            group.endLogged();
            parts.log().restart(group.number(), event.actor(), event.sequence());
        }
        group.logged(event);
        lasts.put(stream, event.lastSequence());
    }
}
