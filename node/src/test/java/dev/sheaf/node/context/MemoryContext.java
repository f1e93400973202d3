package dev.sheaf.node.context;

import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.codec.IncomingEvent;
import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.ConflictQuery;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.context.runtime.DigestEntry;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Freshness;
import dev.sheaf.context.runtime.HistoryEntry;
import dev.sheaf.context.runtime.IngestResult;
import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.context.runtime.TypeInfo;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.context.runtime.WriteReceipt;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.context.type.ContextType;
import dev.sheaf.context.type.ContextTypeReader;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// One region's context without merging, disk or links: enough to see what the API asks for and how
/// it answers. Tests set what it is to claim.
public final class MemoryContext implements ContextService {
    private static final Instant AT = Instant.parse("2026-11-26T09:00:00Z");

    private static final SortedSet<RegionName> REGIONS =
            new TreeSet<>(
                    List.of(
                            new RegionName("aws", "us-east-1"),
                            new RegionName("azure", "westeurope")));

    /// A document and its version; the value is empty where it was removed.
    private record Kept(Optional<JsonNode> value, String version) {}

    private final Map<String, TypeInfo> types = new TreeMap<>();
    private final Map<String, DeclaredType> declared = new ConcurrentHashMap<>();
    private final Map<String, TreeMap<String, Kept>> documents = new HashMap<>();
    private final Map<String, WriteReceipt> seen = new HashMap<>();
    private final List<Watch.Change> log = new CopyOnWriteArrayList<>();
    final List<WriteRequest> writes = new CopyOnWriteArrayList<>();
    final List<ReadRequest> reads = new CopyOnWriteArrayList<>();
    final List<ConflictEntry> conflicts = new CopyOnWriteArrayList<>();
    final List<LinkStatus> links = new CopyOnWriteArrayList<>();
    final AtomicInteger watchesOpen = new AtomicInteger();
    volatile Duration staleness = Duration.ofMillis(40);
    volatile Optional<String> freshRegion = Optional.of("azure/westeurope");
    volatile List<String> redacted = List.of();

    void declare(String name, String domain) {
        declare(
                """
                apiVersion: sheaf.dev/v1
                kind: ContextType
                name: %s
                domain: %s
                versions:
                  - {version: "1.0", schema: {type: object}}
                  - {version: "1.1", schema: {type: object}, compatible: true}
                residency: {regions: [aws/us-east-1, azure/westeurope]}
                """
                        .formatted(name, domain));
    }

    TypeInfo declare(String yaml) {
        ContextType type =
                (yaml.contains("name: mesh.")
                                ? ContextTypeReader.readOfTheMesh(yaml, "test")
                                : ContextTypeReader.read(yaml, "test"))
                        .orThrow();
        TypeInfo info =
                new TypeInfo(
                        type.name(),
                        type.domain().value(),
                        type.versions().stream().map(version -> version.version()).toList(),
                        REGIONS.stream().map(RegionName::toString).toList(),
                        "important",
                        0,
                        yaml);
        types.put(type.name(), info);
        declared.put(type.name(), new DeclaredType(type, "eu", REGIONS));
        return info;
    }

    @Override
    public DeclaredType drafted(String yaml, String sourceName) {
        ContextType type = ContextTypeReader.read(yaml, sourceName).orThrow();
        return new DeclaredType(type, "eu", REGIONS);
    }

    @Override
    public Optional<DeclaredType> declared(String name) {
        return Optional.ofNullable(declared.get(name)).filter(type -> !name.startsWith("mesh."));
    }

    @Override
    public synchronized List<TypeInfo> types() {
        return List.copyOf(types.values());
    }

    @Override
    public synchronized TypeInfo applyType(String yaml, String sourceName) {
        return declare(yaml);
    }

    @Override
    public synchronized WriteReceipt write(WriteRequest request) {
        writes.add(request);
        requireVersion(request.schemaVersion());
        WriteReceipt before = seen.get(request.key() + " " + request.eventId());
        if (before != null) {
            return new WriteReceipt(
                    before.eventId(),
                    true,
                    false,
                    before.dot(),
                    before.at(),
                    before.token(),
                    before.version());
        }
        TreeMap<String, Kept> all =
                documents.computeIfAbsent(request.key().type(), name -> new TreeMap<>());
        Optional<Kept> kept =
                Optional.ofNullable(all.get(request.key().id()))
                        .filter(found -> found.value().isPresent());
        String current = kept.map(Kept::version).orElse("");
        if (request.ifMatch().isPresent() && !request.ifMatch().get().equals(current)) {
            throw new Problem(
                    ProblemCode.PRECONDITION_FAILED, "the document has another version by now");
        }
        Optional<JsonNode> value =
                switch (request.change()) {
                    case Change.State state -> Optional.of(state.state());
                    case Change.Patch patch ->
                            Optional.of(patched(kept.flatMap(Kept::value), patch.operations()));
                    case Change.Delete _, Change.Erase _ -> Optional.empty();
                };
        int sequence = log.size() + 1;
        String version = "v" + sequence;
        all.put(request.key().id(), new Kept(value, version));
        log.add(
                new Watch.Change(
                        Integer.toString(sequence),
                        request.key(),
                        value,
                        version,
                        request.eventId(),
                        "aws/us-east-1",
                        AT));
        notifyAll();
        WriteReceipt receipt =
                new WriteReceipt(
                        request.eventId(),
                        false,
                        true,
                        "aws/us-east-1#1:" + sequence,
                        AT,
                        "token-" + sequence,
                        version);
        seen.put(request.key() + " " + request.eventId(), receipt);
        return receipt;
    }

    private static void requireVersion(Optional<String> version) {
        if (version.isPresent() && !List.of("1.0", "1.1").contains(version.get())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the type has no version " + version.get() + "; it has 1.0, 1.1");
        }
    }

    private static JsonNode patched(Optional<JsonNode> document, List<PatchOperation> operations) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        document.ifPresent(before -> root.setAll((ObjectNode) before.deepCopy()));
        for (PatchOperation operation : operations) {
            List<String> steps = JsonPointers.parse(operation.path());
            ObjectNode place = root;
            for (String step : steps.subList(0, steps.size() - 1)) {
                place = (ObjectNode) place.get(step);
            }
            String last = steps.getLast();
            switch (operation.kind()) {
                case ADD, REPLACE -> place.set(last, operation.value().orElseThrow());
                case REMOVE -> place.remove(last);
                case INCREMENT ->
                        place.put(
                                last,
                                place.path(last).asInt(0)
                                        + operation.value().orElseThrow().asInt());
                case TEST -> {
                    if (!operation.value().orElseThrow().equals(place.get(last))) {
                        throw new Problem(
                                ProblemCode.PRECONDITION_FAILED,
                                "the test at " + operation.path() + " does not hold");
                    }
                }
                case MOVE, COPY, APPEND ->
                        throw new Problem(ProblemCode.BAD_REQUEST, "not in this double");
            }
        }
        return root;
    }

    @Override
    public List<IngestResult> ingest(byte[] json, Optional<String> type, String author) {
        List<IngestResult> results = new ArrayList<>();
        new EventJsonReader(100)
                .read(
                        json,
                        0,
                        json.length,
                        new EventJsonReader.Receiver() {
                            @Override
                            public void event(int index, IncomingEvent event) {
                                try {
                                    results.add(
                                            new IngestResult.Written(
                                                    index, write(request(event, type, author))));
                                } catch (Problem problem) {
                                    results.add(new IngestResult.Refused(index, problem));
                                }
                            }

                            @Override
                            public void refused(int index, Problem problem) {
                                results.add(new IngestResult.Refused(index, problem));
                            }
                        });
        return results;
    }

    private WriteRequest request(IncomingEvent event, Optional<String> type, String author) {
        String name =
                event.type()
                        .or(() -> type)
                        .orElseThrow(() ->
                                new Problem(ProblemCode.BAD_REQUEST, "the event names no type"));
        if (type(name).isEmpty()) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no context type '" + name + "'");
        }
        return new WriteRequest(
                new DocumentKey(name, event.documentId()),
                event.state().isPresent()
                        ? new Change.State(event.state().get())
                        : new Change.Patch(event.operations()),
                event.eventId(),
                Optional.of(event.version()),
                event.lane(),
                event.ttlSeconds(),
                event.compactionKey(),
                author,
                Optional.empty());
    }

    @Override
    public synchronized Read read(ReadRequest request) {
        reads.add(request);
        requireVersion(request.schemaVersion());
        Duration bound = request.maxStaleness().orElse(Duration.ofSeconds(1));
        if (staleness.compareTo(bound) > 0) {
            Map<String, Object> details = new HashMap<>();
            boolean known = staleness.toDays() < 36_500;
            if (known) {
                details.put("measuredStalenessMs", staleness.toMillis());
                details.put("perRegion", Map.of("azure/westeurope", staleness.toMillis()));
            }
            freshRegion.ifPresent(region -> details.put("freshRegion", region));
            throw new Problem(
                    ProblemCode.STALE, "this node knows too little of others", details, null);
        }
        Freshness freshness =
                new Freshness(staleness, Map.of(new RegionName("azure", "westeurope"), staleness));
        Optional<Kept> kept =
                Optional.ofNullable(
                        documents
                                .getOrDefault(request.key().type(), new TreeMap<>())
                                .get(request.key().id()));
        String token = "token-" + log.size();
        return kept.flatMap(Kept::value)
                .<Read>map(value ->
                        new Read.Found(
                                value,
                                request.schemaVersion().orElse("1.1"),
                                kept.get().version(),
                                redacted,
                                conflicts.size(),
                                Optional.of(AT.plusSeconds(3600)),
                                freshness,
                                token))
                .orElseGet(() -> new Read.Absent(freshness, token));
    }

    @Override
    public synchronized List<String> list(String type, String after, int limit) {
        return documents
                .getOrDefault(type, new TreeMap<>())
                .tailMap(after, false)
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue().value().isPresent())
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long documentsOfSubject(String type, String subject) {
        return documents.getOrDefault(type, new TreeMap<>()).values().stream()
                .filter(kept ->
                        kept.value()
                                .filter(value -> value.path("subject").asString("").equals(subject))
                                .isPresent())
                .count();
    }

    @Override
    public synchronized long eraseSubject(
            String type, String subject, String eventId, String author) {
        TreeMap<String, Kept> all = documents.getOrDefault(type, new TreeMap<>());
        long before = all.size();
        all.values()
                .removeIf(kept ->
                        kept.value()
                                .filter(value -> value.path("subject").asString("").equals(subject))
                                .isPresent());
        return before - all.size();
    }

    @Override
    public Watch watch(String type, Optional<String> id, Optional<String> position) {
        int from;
        try {
            from = position.map(Integer::parseInt).orElse(log.size());
        } catch (NumberFormatException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "that is no position of this node's log", e);
        }
        watchesOpen.incrementAndGet();
        return new LogWatch(type, id, from);
    }

    private final class LogWatch implements Watch {
        private final String type;
        private final Optional<String> id;
        private int next;

        LogWatch(String type, Optional<String> id, int next) {
            this.type = type;
            this.id = id;
            this.next = next;
        }

        @Override
        public Optional<Change> next(Duration patience) throws InterruptedException {
            synchronized (MemoryContext.this) {
                if (next >= log.size()) {
                    MemoryContext.this.wait(patience.toMillis());
                }
                while (next < log.size()) {
                    Change change = log.get(next++);
                    boolean wanted =
                            change.key().type().equals(type)
                                    && id.map(change.key().id()::equals).orElse(true);
                    if (wanted) {
                        return Optional.of(change);
                    }
                }
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            watchesOpen.decrementAndGet();
        }
    }

    @Override
    public List<ConflictEntry> conflicts(ConflictQuery query) {
        int after = query.after().map(Integer::parseInt).orElse(0);
        return conflicts.stream()
                .filter(conflict -> Integer.parseInt(conflict.position()) > after)
                .filter(conflict -> query.type().map(conflict.key().type()::equals).orElse(true))
                .filter(conflict -> query.id().map(conflict.key().id()::equals).orElse(true))
                .filter(conflict ->
                        query.queue()
                                .map(queue -> conflict.escalated().equals(Optional.of(queue)))
                                .orElse(true))
                .limit(query.limit())
                .toList();
    }

    @Override
    public List<HistoryEntry> history(DocumentKey key, int limit) {
        return log.stream()
                .filter(change -> change.key().equals(key))
                .limit(limit)
                .map(change ->
                        new HistoryEntry(
                                change.eventId(),
                                "CONTEXT_STATE",
                                "aws/us-east-1#1:" + change.position(),
                                change.at(),
                                "ada",
                                "1.1",
                                "{}",
                                List.of("assign ''")))
                .toList();
    }

    @Override
    public List<LinkStatus> links() {
        return List.copyOf(links);
    }

    /// Where checkpoints were wanted.
    final List<java.nio.file.Path> checkpoints = new java.util.ArrayList<>();

    @Override
    public long checkpoint(java.nio.file.Path folder) {
        checkpoints.add(folder);
        return 4711;
    }

    @Override
    public List<DigestEntry> digests() {
        return List.of(
                new DigestEntry(
                        "eu", 3, "aws/us-east-1#1:7", "aws/us-east-1#1:5", "00ff00ff00ff00ff", 2));
    }
}
