package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.store.ContextStore;
import dev.sheaf.context.store.ContextStoreOptions;
import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.store.GroupCommit;
import dev.sheaf.context.store.StateStore;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.ReplicaState;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// All groups of a node, and the workers that run them: opened from what is on disk, extended when
/// types arrive. For any thread.
final class Groups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Groups.class);
    private static final String ACTORS = "actors";
    private static final String GROUPS = "groups";
    private static final String STARTS = "starts";

    /// Reading logs for peers must not wait behind writing state.
    private static final int BACKGROUND_THREADS = 4;

    private static final int SESSIONS_PER_START = 10_000;

    private final ContextStore store;
    private final EngineParts parts;
    private final ExecutorService background;
    private final List<Worker> workers = new ArrayList<>();
    private final Map<GroupId, Group> groups = new ConcurrentHashMap<>();
    private final Map<String, ScopeView> scopes = new ConcurrentHashMap<>();
    private final Map<GroupId, Integer> numbers = new ConcurrentHashMap<>();

    /// The group of each number ever given. A group that comes back after its actor has ended goes
    /// on under a new one.
    private final List<GroupId> numbered = new CopyOnWriteArrayList<>();

    private final AtomicInteger sessions;
    private final Incoming incoming;
    private final Erasures erasures;
    private final LogRetention retention;
    private final AtomicReference<@Nullable Problem> logFailure = new AtomicReference<>();
    private volatile int actorsKept;

    static Groups open(ContextConfig config, Clock clock, LongSupplier nanoTime) {
        ContextStore store =
                ContextStore.open(
                        ContextStoreOptions.of(
                                config.folder().resolve("store"),
                                config.mesh() + " " + config.region()),
                        new SecureRandom());
        try {
            return new Groups(config, clock, nanoTime, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private Groups(ContextConfig config, Clock clock, LongSupplier nanoTime, ContextStore store) {
        this.store = store;
        EventLog log = store.log();
        StateStore state = store.state();
        ActorTable actors = readActors(log);
        this.actorsKept = actors.size();
        this.background =
                Executors.newFixedThreadPool(
                        BACKGROUND_THREADS,
                        Thread.ofPlatform().daemon().name("context-background-", 0).factory());
        Set<RegionName> others = new TreeSet<>(config.regions());
        others.remove(config.region());
        Dictionaries dictionaries = new Dictionaries(actors, background);
        this.parts =
                new EngineParts(
                        config,
                        actors,
                        log,
                        new GroupCommit(log, Thread.ofPlatform().name("context-commit").factory()),
                        state,
                        new StatePositions(state, config.workers()),
                        new TypeRegistry(config, config.folder().resolve("types")),
                        new Peers(others, actors, dictionaries),
                        new ConflictBook(state, actors),
                        new ChangeFeed(log.syncedPosition()),
                        new ContextMetrics(),
                        new TransferHook(),
                        new HybridClock(clock),
                        clock,
                        nanoTime,
                        background);
        this.sessions = new AtomicInteger(readStarts(log) * SESSIONS_PER_START);
        this.incoming = new Incoming(this);
        this.erasures = new Erasures(this);
        this.retention = new LogRetention(this);
        readNumbers(log);
        for (int number = 0; number < config.workers(); number++) {
            workers.add(new Worker(number, parts));
        }
        for (KnownType type : parts.types().all()) {
            addScope(type);
        }
        replay();
        groups.values().forEach(Group::restoredAll);
        workers.forEach(Worker::start);
        erasures.start();
        retention.start();
    }

    // --- opening

    private static ActorTable readActors(EventLog log) {
        ActorTable actors = new ActorTable();
        byte[] kept = log.meta().get(ACTORS);
        if (kept != null) {
            ByteReader in = new ByteReader(kept);
            while (in.remaining() > 0) {
                actors.indexOf(ActorId.parse(in.string()));
            }
        }
        return actors;
    }

    /// How often this folder was opened, this time included.
    private static int readStarts(EventLog log) {
        byte[] kept = log.meta().get(STARTS);
        int starts = 1 + (kept == null ? 0 : ByteBuffer.wrap(kept).getInt());
        log.putMeta(STARTS, ByteBuffer.allocate(Integer.BYTES).putInt(starts).array());
        log.sync();
        return starts;
    }

    private void readNumbers(EventLog log) {
        byte[] kept = log.meta().get(GROUPS);
        if (kept != null) {
            ByteReader in = new ByteReader(kept);
            while (in.remaining() > 0) {
                add(new GroupId(in.string(), in.varint(Integer.MAX_VALUE, "a shard")));
            }
        }
    }

    private int add(GroupId id) {
        int number = numbered.size();
        numbered.add(id);
        numbers.put(id, number);
        return number;
    }

    private synchronized int numberOf(GroupId id) {
        Integer known = numbers.get(id);
        return known != null ? known : newNumber(id);
    }

    /// Under it the group has nothing in the log yet.
    private synchronized int newNumber(GroupId id) {
        int number = add(id);
        ByteWriter out = new ByteWriter();
        numbered.forEach(group -> {
            out.string(group.scope());
            out.varint(group.shard());
        });
        parts.log().putMeta(GROUPS, out.toByteArray());
        return number;
    }

    /// Whether a group writes under this number, rather than under a later one.
    boolean isCurrent(int number) {
        return Integer.valueOf(number).equals(numbers.get(idOf(number)));
    }

    private void replay() {
        Map<Integer, Group> byNumber = new HashMap<>();
        groups.values().forEach(group -> byNumber.put(group.number(), group));
        LogEvents events = new LogEvents(parts.log(), parts.actors());
        long[] count = new long[1];
        parts.positions().requireWithin(parts.log());
        parts.conflicts().restoring();
        try (LogEvents.Decoder decoder = events.decoder()) {
            parts.log()
                    .replay(
                            parts.state().position(),
                            record -> {
                                Group group = byNumber.get(record.stream().group());
                                if (group != null) {
                                    decoder.decode(
                                            record,
                                            event -> group.restored(event, record.position()));
                                    count[0]++;
                                }
                            });
        }
        parts.conflicts().restored();
        if (count[0] > 0) {
            LOG.info("{} records of the context log were merged again", count[0]);
        }
    }

    /// The groups of the type's scope, made if this node holds it and has none yet.
    private List<Group> addScope(KnownType type) {
        if (!type.regions().contains(parts.config().region())) {
            return List.of();
        }
        ScopeView view =
                scopes.computeIfAbsent(
                        type.scope(), name -> new ScopeView(this, name, type.regions()));
        List<Group> added = new ArrayList<>();
        for (int shard = 0; shard < parts.config().shards(); shard++) {
            GroupId id = new GroupId(type.scope(), shard);
            if (!groups.containsKey(id)) {
                Group group = make(id, view);
                groups.put(id, group);
                added.add(group);
            }
        }
        return added;
    }

    private Group make(GroupId id, ScopeView view) {
        int number = numberOf(id);
        Worker worker = workers.get(number % workers.size());
        Optional<GroupStates> kept = GroupStates.read(parts.state(), number);
        ActorId self = kept.map(GroupStates::self).orElse(new ActorId(parts.config().region(), 1));
        ReplicaState state = kept.map(GroupStates::state).orElseGet(() -> beginning(view));
        keepActors();
        Group group = new Group(id, number, self, state, worker, parts, view);
        kept.ifPresent(found -> {
            group.documents().restore(found.digest(), found.documents());
            group.fences().addAll(found.fences());
            group.seen().readKept(number, parts.state());
        });
        worker.own(group);
        return group;
    }

    private ReplicaState beginning(ScopeView view) {
        if (parts.config().joined().test(view.name())) {
            return ReplicaState.joining();
        }
        return ReplicaState.founding(
                view.regions().stream().map(region -> new ActorId(region, 1)).toList(),
                parts.actors());
    }

    /// Replaces a group whose actor has ended; from the worker's thread. The new one has another
    /// number: its streams may begin before where they ended under the old one.
    Group remake(Group old, ActorId self) {
        old.worker().groups().remove(old);
        ScopeView view = scopes.get(old.id().scope());
        Group group =
                new Group(
                        old.id(),
                        newNumber(old.id()),
                        self,
                        ReplicaState.joining(),
                        old.worker(),
                        parts,
                        java.util.Objects.requireNonNull(view));
        keepActors();
        groups.put(old.id(), group);
        old.worker().own(group);
        old.close();
        return group;
    }

    /// The log is of no use any more until the node starts again.
    void logFailed(Problem problem) {
        if (logFailure.compareAndSet(null, problem)) {
            LOG.error(
                    "the context log has failed, and no write is acknowledged until the node starts"
                            + " again: {}",
                    problem.message());
        }
    }

    /// @throws Problem what the log failed with
    void requireLog() {
        Problem failure = logFailure.get();
        if (failure != null) {
            throw new Problem(failure.code(), failure.message(), failure);
        }
    }

    // --- what is shared

    EngineParts parts() {
        return parts;
    }

    Incoming incoming() {
        return incoming;
    }

    ContextStore store() {
        return store;
    }

    Erasures erasures() {
        return erasures;
    }

    LogRetention retention() {
        return retention;
    }

    int session() {
        return sessions.incrementAndGet();
    }

    Collection<Group> all() {
        return groups.values().stream()
                .sorted(
                        Comparator.comparing((Group group) -> group.id().scope())
                                .thenComparing(group -> group.id().shard()))
                .toList();
    }

    Optional<Group> find(GroupId id) {
        return Optional.ofNullable(groups.get(id));
    }

    /// The group with this number in the log.
    GroupId idOf(int number) {
        if (number >= numbered.size()) {
            throw new IllegalStateException("the log has records of group " + number);
        }
        return numbered.get(number);
    }

    List<Group> ofScope(String scope) {
        return all().stream().filter(group -> group.id().scope().equals(scope)).toList();
    }

    void forEach(Consumer<Group> action) {
        for (Group group : groups.values()) {
            group.worker().submit(() -> action.accept(group));
        }
    }

    /// A type that this region holds.
    ///
    /// @throws Problem NOT_FOUND when it is not known, FORBIDDEN when this region is not in its
    ///   scope
    KnownType hereOrThrow(String name) {
        KnownType type = parts.types().require(name);
        if (!type.regions().contains(parts.config().region())) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    name
                            + " may be held in "
                            + type.regions()
                            + " only, and this node is in "
                            + parts.config().region()
                            + "; ask one of those",
                    Map.of("regions", type.regions().stream().map(RegionName::toString).toList()),
                    null);
        }
        return type;
    }

    Group of(KnownType type, DocumentKey key) {
        GroupId id = new GroupId(type.scope(), Shards.of(key, parts.config().shards()));
        Group group = groups.get(id);
        if (group == null) {
            throw new Problem(
                    ProblemCode.BUSY,
                    "the type " + type.name() + " is just being applied here; try again shortly");
        }
        return group;
    }

    String digestsOf(RegionName peer) {
        return scopes.values().stream().anyMatch(scope -> scope.hasMismatch(peer))
                ? "differ"
                : incoming.isUp(peer) ? "equal" : "unknown";
    }

    KnownType applyType(String yaml, String sourceName, boolean ofTheMesh) {
        KnownType type = parts.types().apply(yaml, sourceName, ofTheMesh);
        List<Group> added;
        synchronized (this) {
            added = addScope(type);
            parts.log().sync();
        }
        for (Group group : added) {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            group.worker()
                    .submit(() -> {
                        group.restoredAll();
                        begun.complete(null);
                    });
            ContextRuntime.await(begun);
        }
        for (Group group : ofScope(type.scope())) {
            group.worker()
                    .submit(() -> {
                        group.reconsiderLane();
                        mergeHeld(group, type);
                    });
        }
        return type;
    }

    /// Events that came before their type was known.
    private void mergeHeld(Group group, KnownType type) {
        HeldTypes held = java.util.Objects.requireNonNull(scopes.get(group.id().scope())).held();
        if (!held.contains(group.number(), type.name())) {
            return;
        }
        group.endTurn();
        parts.log().sync();
        new LogEvents(parts.log(), parts.actors())
                .replay(
                        group.number(),
                        event -> {
                            if (event.type().equals(type.name())) {
                                group.mergeHeld(event);
                            }
                        });
        group.documents().mergedLate(type);
        group.worker().writeBehindNow();
        held.remove(group.number(), type.name());
    }

    /// Makes sure that the log names all actors before anything refers to them by number.
    void keepActors() {
        int size = parts.actors().size();
        if (size == actorsKept) {
            return;
        }
        synchronized (this) {
            ByteWriter out = new ByteWriter();
            for (int index = 0; index < size; index++) {
                out.string(parts.actors().actor(index).toString());
            }
            parts.log().putMeta(ACTORS, out.toByteArray());
            actorsKept = size;
        }
    }

    /// The event's place in its stream without what it says.
    static Event withoutContent(Event event) {
        return new Event(
                event.eventId(),
                event.kind(),
                event.type(),
                event.documentId(),
                event.schemaVersion(),
                event.actor(),
                event.sequence(),
                event.width(),
                event.hlc(),
                event.context(),
                event.lane(),
                event.author(),
                0,
                "",
                List.of());
    }

    /// @return the log position up to which it has everything
    long checkpoint(Path folder) {
        for (Worker worker : workers) {
            CompletableFuture<Void> written = new CompletableFuture<>();
            worker.submit(() -> {
                try {
                    worker.writeBehindNow();
                    written.complete(null);
                } catch (RuntimeException e) {
                    written.completeExceptionally(e);
                }
            });
            ContextRuntime.await(written);
        }
        return Checkpoints.take(store, parts.config().folder(), folder);
    }

    @Override
    public void close() {
        erasures.close();
        retention.close();
        try {
            for (Worker worker : workers) {
                worker.stop();
            }
            parts.commit().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        background.shutdown();
        groups.values().forEach(Group::close);
        store.close();
    }
}
