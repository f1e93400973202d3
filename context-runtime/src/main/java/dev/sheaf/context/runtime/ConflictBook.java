package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.document.Conflict;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateCursor;
import dev.sheaf.context.store.StateEntry;
import dev.sheaf.context.store.StateStore;
import dev.sheaf.context.store.Table;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// The conflict stream of this node: numbered from 1, kept in the state store, the newest also in
/// memory until they are written behind. For any thread.
final class ConflictBook {
    private static final byte[] ANY = new byte[0];
    private static final byte[] LAST = "conflicts/last".getBytes(StandardCharsets.UTF_8);
    private static final String MET_AT = "metAt";
    private static final int RESTORED_MAX = 10_000;
    private static final String ESCALATE = "escalate:";
    private static final JsonMapper JSON = new JsonMapper();

    private final StateStore state;
    private final ActorTable actors;
    private final AtomicLong last = new AtomicLong();
    private final Set<JsonNode> written = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<Long, byte[]> unwritten = new ConcurrentSkipListMap<>();

    ConflictBook(StateStore state, ActorTable actors) {
        this.state = state;
        this.actors = actors;
        this.last.set(
                state.get(Table.META, LAST)
                        .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                        .orElse(0L));
    }

    void add(DocumentKey key, Conflict conflict, Instant metAt) {
        ObjectNode json = json(key, conflict);
        if (written.contains(json)) {
            return;
        }
        json.put(MET_AT, metAt.toEpochMilli());
        unwritten.put(last.incrementAndGet(), JSON.writeValueAsBytes(json));
    }

    /// The log is merged again from a point on: what its merges met may be here already.
    void restoring() {
        long first = Math.max(0, last.get() - RESTORED_MAX);
        try (StateCursor cursor = state.scan(Table.CONFLICTS, ANY, key(first))) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                ObjectNode json = (ObjectNode) JSON.readTree(next.get().value());
                json.remove(MET_AT);
                written.add(json);
            }
        }
    }

    void restored() {
        written.clear();
    }

    private ObjectNode json(DocumentKey key, Conflict conflict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", key.type());
        json.put("id", key.id());
        json.put("kind", conflict.kind().name());
        json.put("pointer", conflict.pointer());
        json.put("resolver", conflict.resolver());
        ArrayNode versions = json.putArray("versions");
        for (Conflict.Version version : conflict.versions()) {
            ObjectNode one = versions.addObject();
            if (version.dot() != Dot.STABLE) {
                one.put("region", actors.actor(Dot.actor(version.dot())).region().toString());
                one.put("dot", Dot.text(version.dot(), actors));
            }
            if (version.hlc() != 0) {
                one.put("at", Hlc.millis(version.hlc()));
            }
            version.value().ifPresent(value -> one.set("value", value));
        }
        conflict.shown().ifPresent(value -> json.set("shown", value));
        return json;
    }

    /// Moves what is in memory into the batch; call the result once the batch is written.
    Runnable writeBehind(StateBatch batch) {
        List<Long> numbers = new ArrayList<>();
        unwritten.forEach((number, bytes) -> {
            batch.put(Table.CONFLICTS, key(number), bytes);
            numbers.add(number);
        });
        if (!numbers.isEmpty()) {
            batch.put(Table.META, LAST, key(numbers.getLast()));
        }
        return () -> numbers.forEach(unwritten::remove);
    }

    /// @throws Problem BAD_REQUEST when the position is none
    List<ConflictEntry> find(ConflictQuery query) {
        long from = query.after().map(ConflictBook::position).orElse(0L) + 1;
        List<ConflictEntry> found = new ArrayList<>();
        // Taken first: what is written behind meanwhile is then found twice, not never.
        Map<Long, byte[]> memory = Map.copyOf(unwritten.tailMap(from));
        long scanned = from - 1;
        try (StateCursor cursor = state.scan(Table.CONFLICTS, ANY, key(from))) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent() && found.size() < query.limit();
                    next = cursor.next()) {
                scanned = ByteBuffer.wrap(next.get().key()).getLong();
                add(found, query, scanned, next.get().value());
            }
        }
        Iterator<Long> rest = memory.keySet().stream().sorted().iterator();
        while (rest.hasNext() && found.size() < query.limit()) {
            long number = rest.next();
            if (number > scanned) {
                add(found, query, number, java.util.Objects.requireNonNull(memory.get(number)));
            }
        }
        return found;
    }

    private static void add(
            List<ConflictEntry> found, ConflictQuery query, long number, byte[] bytes) {
        ConflictEntry entry = read(number, JSON.readTree(bytes));
        boolean wanted =
                query.type().map(entry.key().type()::equals).orElse(true)
                        && query.id().map(entry.key().id()::equals).orElse(true)
                        && (query.queue().isEmpty() || query.queue().equals(entry.escalated()));
        if (wanted) {
            found.add(entry);
        }
    }

    private static ConflictEntry read(long number, JsonNode json) {
        List<ConflictEntry.Version> versions = new ArrayList<>();
        for (JsonNode version : json.path("versions")) {
            versions.add(
                    new ConflictEntry.Version(
                            version.path("region").asString(""),
                            version.path("dot").asString(""),
                            version.has("at")
                                    ? Optional.of(
                                            Instant.ofEpochMilli(version.get("at").longValue()))
                                    : Optional.empty(),
                            Optional.ofNullable(version.get("value"))));
        }
        String resolver = json.path("resolver").asString("");
        return new ConflictEntry(
                Long.toString(number),
                Instant.ofEpochMilli(json.path(MET_AT).longValue()),
                new DocumentKey(json.path("type").asString(""), json.path("id").asString("")),
                json.path("kind").asString(""),
                json.path("pointer").asString(""),
                resolver,
                resolver.startsWith(ESCALATE)
                        ? Optional.of(resolver.substring(ESCALATE.length()))
                        : Optional.empty(),
                versions,
                Optional.ofNullable(json.get("shown")));
    }

    /// Takes out everything that is about these documents; for erasure.
    void erase(Set<DocumentKey> keys, StateBatch batch) {
        unwritten.forEach((number, bytes) -> {
            if (keys.contains(read(number, JSON.readTree(bytes)).key())) {
                unwritten.remove(number);
            }
        });
        try (StateCursor cursor = state.scan(Table.CONFLICTS, ANY, ANY)) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                ConflictEntry entry = read(0, JSON.readTree(next.get().value()));
                if (keys.contains(entry.key())) {
                    batch.delete(Table.CONFLICTS, next.get().key());
                }
            }
        }
    }

    /// Forgets all but the newest.
    void prune(long keep, StateBatch batch) {
        if (last.get() > keep) {
            batch.deleteRange(Table.CONFLICTS, key(0), key(last.get() - keep));
        }
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long position(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "'"
                            + text
                            + "' is no position of the conflict stream; use one that an earlier"
                            + " answer gave",
                    e);
        }
    }
}
