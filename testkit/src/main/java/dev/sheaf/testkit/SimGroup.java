package dev.sheaf.testkit;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.patch.Resolution;
import dev.sheaf.context.sync.Effects;
import dev.sheaf.context.sync.Erasure;
import dev.sheaf.context.sync.Member;
import dev.sheaf.context.sync.MemberChange;
import dev.sheaf.context.sync.Message;
import dev.sheaf.context.sync.Refusal;
import dev.sheaf.context.sync.Replica;
import dev.sheaf.context.sync.ReplicaState;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// One node's part in one group: a real [Replica], with a disk, documents and writers around it,
/// and checks of the invariants after each step that touched it.
final class SimGroup implements Effects {
    static final int EVENT_BYTES = 120;
    static final int CONTROL_BYTES = 80;

    final SimScope scope;
    final SimNode node;
    private final World world;
    private final Simulation simulation;
    private final SimChecks checks;

    // The disk.
    private SimLog log = new SimLog();
    private Checkpoint checkpoint;
    private ActorId actor;
    private List<Event> stash = new ArrayList<>();

    // Memory.
    private @Nullable Replica replica;
    private SimDocuments documents;
    private final Deque<Event> unacknowledged = new ArrayDeque<>();
    private VersionVector seen = VersionVector.EMPTY;
    private boolean isSyncing;
    private boolean isTouched;
    private int life;
    private final Map<Long, SimSnapshot> outgoing = new HashMap<>();
    private @Nullable SimSnapshot incoming;

    SimGroup(Simulation simulation, SimScope scope, SimNode node, ReplicaState state) {
        this.simulation = simulation;
        this.world = simulation.world;
        this.checks = new SimChecks(this, simulation.world, simulation.bug());
        this.scope = scope;
        this.node = node;
        this.actor = new ActorId(node.region, 1);
        this.documents = simulation.documents(scope);
        this.checkpoint = new Checkpoint(state, documents.copy(false), 0);
    }

    /// What is on disk besides the log, as of a position in it.
    private record Checkpoint(ReplicaState state, SimDocuments documents, long position) {}

    static int bytesOf(Event event) {
        return MemberChange.isMemberChange(event) ? CONTROL_BYTES : EVENT_BYTES + 8 * event.width();
    }

    // --- starting and stopping

    void start() {
        life++;
        documents = checkpoint.documents.copy(false);
        Replica started =
                new Replica(
                        scope.id,
                        actor,
                        scope.config,
                        scope::mayRelay,
                        scope.actors,
                        this,
                        checkpoint.state,
                        node.starts * 1_000 + actor.epoch(),
                        node.nanos());
        replica = started;
        for (Event event : log.from(checkpoint.position)) {
            started.restored(event);
            node.sawHlc(event.hlc());
            if (!MemberChange.isMemberChange(event)) {
                documents.apply(event);
            }
        }
        seen = started.applied();
        isSyncing = false;
        unacknowledged.clear();
        checks.restarted();
        outgoing.clear();
        touch();
        int self = self();
        if (started.isMember() && seen.get(self) < scope.truth.acknowledgedLast(self)) {
            throw broken(
                    Invariant.NOTHING_ACKNOWLEDGED_IS_LOST,
                    "came back at "
                            + seen.get(self)
                            + " after acknowledging "
                            + scope.truth.acknowledgedLast(self));
        }
        reissue();
    }

    void crash() {
        life++;
        replica = null;
        log.crash();
    }

    /// The disk is gone, and with it everything: the node does not even know its epoch.
    void loseDisk() {
        for (int epoch = 1; epoch <= actor.epoch(); epoch++) {
            scope.truth.lost(scope.actors.indexOf(new ActorId(node.region, epoch)));
        }
        world.tally.count("disk lost");
        stash = new ArrayList<>();
        forgetAll(new ActorId(node.region, 1));
    }

    private void forgetAll(ActorId next) {
        log = new SimLog();
        actor = next;
        documents = simulation.documents(scope);
        checkpoint = new Checkpoint(ReplicaState.joining(), documents.copy(false), 0);
    }

    /// Writes the documents and the replica's state down, and cuts the log.
    void checkpoint() {
        Replica running = replica;
        if (running == null || !running.isMember() || log.synced() != log.end()) {
            return;
        }
        checkpoint = new Checkpoint(running.state(), documents.copy(false), log.end());
        VersionVector cut =
                simulation.bug() == DeliberateBug.STRIP_TOO_EARLY
                        ? running.applied()
                        : running.cut();
        log.cut(cut, log.end());
        running.settled(running.cut(), node.nanos());
        world.tally.count("checkpoint");
    }

    // --- inputs

    int self() {
        return scope.actors.indexOf(actor);
    }

    boolean isUp() {
        return replica != null;
    }

    boolean isMember() {
        return replica != null && replica.isMember();
    }

    @Nullable Replica replica() {
        return replica;
    }

    SimDocuments documents() {
        return documents;
    }

    VersionVector seen() {
        return seen;
    }

    ActorId actor() {
        return actor;
    }

    /// Whether all others have all that this node wrote.
    boolean isKnownToOthers() {
        int self = self();
        for (SimNode other : world.nodes) {
            SimGroup there = other.groupOf(scope);
            if (there != null
                    && there != this
                    && !other.isRemoved
                    && (there.replica == null
                            || there.replica.durable().get(self) != seen.get(self))) {
                return false;
            }
        }
        return true;
    }

    /// Whether this node takes the actor for an active member.
    boolean holdsActive(ActorId other) {
        int index = scope.actors.indexOf(other);
        return isMember()
                && members().stream()
                        .anyMatch(member ->
                                member.actor() == index
                                        && member.standing() == Member.Standing.ACTIVE);
    }

    /// Whether this node knows that the region is gone for good.
    boolean isRidOf(RegionName region) {
        return isMember()
                && members().stream()
                        .filter(member ->
                                scope.actors.actor(member.actor()).region().equals(region))
                        .allMatch(member -> member.standing() == Member.Standing.GONE);
    }

    private List<Member> members() {
        return replica == null ? List.of() : replica.members();
    }

    /// Whether the disk holds a state to come back with.
    boolean hasState() {
        return !checkpoint.state.members().isEmpty();
    }

    boolean hasStash() {
        return !stash.isEmpty();
    }

    private void touch() {
        if (!isTouched) {
            isTouched = true;
            world.touched(this);
        }
    }

    void tick() {
        if (replica != null) {
            touch();
            replica.tick(node.nanos());
        }
    }

    void linkUp(RegionName peer) {
        if (replica != null) {
            touch();
            replica.linkUp(peer, node.nanos());
            replica.roundTrip(peer, simulation.roundTripNanos(node, peer));
        }
    }

    void linkDown(RegionName peer) {
        if (replica != null) {
            touch();
            replica.linkDown(peer, node.nanos());
        }
    }

    void remove(RegionName gone) {
        if (replica != null) {
            replica.remove(gone, node.nanos());
        }
    }

    void receive(RegionName from, Message message) {
        if (replica == null) {
            return;
        }
        touch();
        Message taken = message;
        if (message instanceof Message.Events events) {
            events.events().forEach(event -> node.sawHlc(bounded(event.hlc())));
            taken = simulation.bug() == DeliberateBug.APPLY_BEYOND_HOLE ? filled(events) : events;
        } else if (message instanceof Message.Mark mark) {
            checks.trustWallClock(from, mark);
        }
        replica.receive(from, taken, node.nanos(), node.wallMillis());
    }

    private long bounded(long otherHlc) {
        boolean isBelievable =
                Hlc.millis(otherHlc) <= node.wallMillis() + scope.config.clockAheadMaxMillis();
        return isBelievable ? otherHlc : 0;
    }

    /// A writer writes something.
    void write() {
        Replica running = replica;
        if (running == null || !running.isMember() || node.isDiskFull || hasStash()) {
            return;
        }
        String documentId = world.any(scope.documents);
        int self = self();
        long sequence = running.nextSequence();
        boolean seesAll = !scope.redacted.contains(node.region);
        Resolution resolution =
                documents.randomOps(world.random, documentId, self, sequence, seesAll);
        if (resolution.ops().isEmpty()) {
            return;
        }
        world.tally.events++;
        write(
                "event-" + world.tally.events,
                EventKind.CONTEXT_DELTA,
                documentId,
                resolution,
                node.nextHlc(),
                running.applied(),
                running);
    }

    private Event write(
            String id,
            EventKind kind,
            String documentId,
            Resolution resolution,
            long hlc,
            VersionVector context,
            Replica running) {
        touch();
        Event event =
                SimEvents.written(
                        id,
                        kind,
                        documentId,
                        self(),
                        running.nextSequence(),
                        resolution.width(),
                        hlc,
                        context.with(self(), running.nextSequence() - 1),
                        resolution.ops());
        append(event);
        running.written(event, node.nanos());
        unacknowledged.add(event);
        if (simulation.bug() == DeliberateBug.ACKNOWLEDGE_BEFORE_SYNC) {
            acknowledge(event);
        }
        return event;
    }

    /// After an eviction: what only this node had is written again, under the new epoch.
    private void reissue() {
        Replica running = replica;
        if (running == null || !running.isMember() || stash.isEmpty()) {
            return;
        }
        int self = self();
        Set<String> there = new HashSet<>();
        log.after(self, 0).forEach(event -> there.add(event.eventId()));
        for (Event event : stash) {
            if (isErased(event, running)) {
                scope.truth.absorbed(event);
            } else if (!there.contains(event.eventId())) {
                // What others wrote meanwhile stays concurrent, unless its dots may be gone.
                VersionVector context = event.context().min(running.applied());
                if (simulation.bug() != DeliberateBug.REISSUE_OLD_CONTEXT) {
                    context = context.max(running.stripped());
                }
                world.tally.count("event written again after eviction");
                Event again =
                        write(
                                event.eventId(),
                                EventKind.CONTEXT_RECONCILIATION,
                                event.documentId(),
                                new Resolution(documents.again(event), 1),
                                event.hlc(),
                                context,
                                running);
                scope.truth.reissued(event, again);
            }
        }
        if (unacknowledged.isEmpty()) {
            stash = new ArrayList<>();
        }
    }

    private static boolean isErased(Event event, Replica running) {
        for (Erasure erasure : running.erasuresUnseenBy(event.context())) {
            if (erasure.documentId().equals(event.documentId())) {
                return true;
            }
        }
        return false;
    }

    // --- the disk

    private void append(Event event) {
        log.append(event);
        world.tally.applied++;
        seen = seen.with(event.actor(), event.lastSequence());
        if (MemberChange.isMemberChange(event)) {
            checks.moved("");
        } else {
            documents.apply(event);
            checks.moved(event.documentId());
        }
        sync();
    }

    private void sync() {
        if (isSyncing || node.isDiskFull) {
            return;
        }
        isSyncing = true;
        int started = life;
        world.after(
                world.between(50 * World.MICROSECOND, 2 * World.MILLISECOND) + node.slowNanos,
                () -> synced(started));
        if (simulation.bug() == DeliberateBug.SEND_BEFORE_DURABLE) {
            world.after(0, () -> pretendDurable(started));
        }
    }

    private void pretendDurable(int started) {
        Replica running = replica;
        if (running != null && life == started) {
            touch();
            running.durable(running.applied(), node.nanos());
        }
    }

    /// Everything that is in the log now is synced.
    private void synced(int started) {
        Replica running = replica;
        if (running == null || life != started || node.isDiskFull) {
            return;
        }
        isSyncing = false;
        touch();
        VersionVector upTo = running.applied();
        for (Event event : log.from(log.synced())) {
            if (event.actor() == self()) {
                String wrong = scope.truth.durable(event);
                if (wrong != null) {
                    throw broken(Invariant.STREAMS, wrong);
                }
            }
        }
        log.sync(log.end());
        if (simulation.crashesBeforeAcknowledging(node)) {
            return;
        }
        while (!unacknowledged.isEmpty() && upTo.covers(unacknowledged.getFirst().dot())) {
            acknowledge(unacknowledged.removeFirst());
        }
        if (unacknowledged.isEmpty() && running.isMember()) {
            stash = new ArrayList<>();
        }
        if (simulation.crashesBeforeSending(node)) {
            return;
        }
        running.durable(upTo, node.nanos());
    }

    private void acknowledge(Event event) {
        scope.truth.acknowledged(event, world.now());
    }

    // --- what the replica asks for

    @Override
    public void send(RegionName to, Message message) {
        SimNode receiver = simulation.node(to);
        Message sent = message;
        if (message instanceof Message.Events events && scope.redacted.contains(to)) {
            List<Event> redacted = new ArrayList<>();
            for (Event event : events.events()) {
                boolean leaks =
                        simulation.bug() == DeliberateBug.LEAK_ON_RELAY && event.actor() != self();
                redacted.add(leaks ? event : documents.redacted(event));
            }
            sent = new Message.Events(events.actor(), events.subscription(), redacted);
        }
        if (sent instanceof Message.Events events) {
            checks.checkResidency(to, events);
        }
        simulation.network().send(node, receiver, scope.id, sent);
    }

    @Override
    public void apply(Event event) {
        if (event.actor() != self()) {
            Event durable = scope.truth.find(event.actor(), event.sequence());
            if (durable == null || !durable.eventId().equals(event.eventId())) {
                throw broken(
                        Invariant.STREAMS,
                        event.eventId() + " came in, but is not durable at its origin");
            }
        }
        if (event.sequence() != seen.get(event.actor()) + 1) {
            throw broken(
                    Invariant.STREAMS,
                    event.eventId() + " applied after " + seen.get(event.actor()));
        }
        if (!seen.covers(event.context())) {
            throw broken(Invariant.CAUSALITY, event.eventId() + " applied before its cause");
        }
        append(event);
    }

    @Override
    public int bytes(Event event) {
        return bytesOf(event);
    }

    @Override
    public long hlc() {
        return node.nextHlc();
    }

    @Override
    public OptionalLong digest(RegionName peer) {
        boolean both = scope.redacted.contains(peer) || scope.redacted.contains(node.region);
        return OptionalLong.of(documents.digest(!both));
    }

    @Override
    public void readLog(
            RegionName to, int of, long subscription, long after, long through, long bytesMax) {
        int started = life;
        world.after(
                world.between(20 * World.MICROSECOND, World.MILLISECOND),
                () -> {
                    Replica running = replica;
                    if (running == null || life != started) {
                        return;
                    }
                    touch();
                    List<Event> events = log.read(of, after, through, bytesMax);
                    if (events.isEmpty()) {
                        world.tally.count("log already cut");
                        running.logCut(to, of, subscription, node.nanos());
                    } else {
                        running.logRead(to, of, subscription, events, node.nanos());
                    }
                });
    }

    @Override
    public void stable(VersionVector cut) {
        Replica running = replica;
        if (running != null) {
            boolean isEarly = simulation.bug() == DeliberateBug.STRIP_TOO_EARLY;
            documents.strip(isEarly ? seen : cut, running.agreed());
        }
    }

    @Override
    public void readState(RegionName to, long transfer, int index) {
        if (!scope.regions.contains(to)) {
            throw broken(Invariant.RESIDENCY, "state sent to " + to + ", outside the scope");
        }
        SimSnapshot snapshot = outgoing.get(transfer);
        if (index == 0 || snapshot == null) {
            boolean redacts = scope.redacted.contains(to);
            List<Event> suffix = new ArrayList<>();
            for (Event event : log.all()) {
                suffix.add(redacts ? documents.redacted(event) : event);
            }
            snapshot =
                    new SimSnapshot(documents.copy(redacts), suffix, 1 + world.random.nextInt(3));
            outgoing.put(transfer, snapshot);
            world.tally.count("state sent");
        }
        boolean last = index == snapshot.parts() - 1;
        long number = simulation.transfers.size();
        simulation.transfers.add(snapshot);
        byte[] bytes = ByteBuffer.allocate(8).putLong(number).array();
        int started = life;
        world.after(
                world.between(World.MILLISECOND, 5 * World.MILLISECOND),
                () -> {
                    Replica running = replica;
                    if (running != null && life == started) {
                        touch();
                        running.stateRead(to, transfer, index, bytes, last, node.nanos());
                    }
                });
    }

    @Override
    public void putState(int index, byte[] bytes) {
        incoming = simulation.transfers.get((int) ByteBuffer.wrap(bytes).getLong());
    }

    @Override
    public void installState(ReplicaState state) {
        SimSnapshot taken = incoming;
        int started = life;
        world.after(
                world.between(World.MILLISECOND, 10 * World.MILLISECOND),
                () -> {
                    Replica running = replica;
                    if (running == null || taken == null || life != started) {
                        return;
                    }
                    touch();
                    install(state, taken, running);
                });
    }

    private void install(ReplicaState state, SimSnapshot taken, Replica running) {
        log = SimLog.startingWith(taken.log());
        if (simulation.bug() == DeliberateBug.RESURRECT_AFTER_EVICTION) {
            documents.keepBeside(taken.documents());
        } else {
            documents = taken.documents().copy(false);
        }
        seen = state.applied();
        checks.moved("");
        checkpoint = new Checkpoint(state, documents.copy(false), log.end());
        world.tally.count("state installed");
        running.installed(node.nanos());
        reissue();
    }

    @Override
    public void evicted(long end) {
        world.tally.count("node learned that it was evicted");
        List<Event> own = new ArrayList<>(stash);
        for (Event event : log.after(self(), end)) {
            if (!MemberChange.isMemberChange(event)) {
                own.removeIf(before -> before.eventId().equals(event.eventId()));
                own.add(event);
            }
        }
        // Those of the stash that did arrive under this epoch count already.
        Set<String> arrived = new HashSet<>();
        for (Event event : log.after(self(), 0)) {
            if (event.sequence() <= end) {
                arrived.add(event.eventId());
            }
        }
        own.removeIf(event -> arrived.contains(event.eventId()));
        stash = own;
        comeBack(new ActorId(node.region, actor.epoch() + 1));
    }

    @Override
    public void epochTaken(int epoch) {
        comeBack(new ActorId(node.region, epoch));
    }

    private void comeBack(ActorId next) {
        SimDocuments kept = documents;
        forgetAll(next);
        int started = life;
        world.after(
                world.between(World.MILLISECOND, 100 * World.MILLISECOND),
                () -> {
                    if (node.isUp && life == started && !node.isRemoved) {
                        start();
                        if (simulation.bug() == DeliberateBug.RESURRECT_AFTER_EVICTION) {
                            documents = kept;
                        }
                        simulation.network().announce(node, this);
                    }
                });
    }

    @Override
    public void digestMismatch(RegionName peer, VersionVector at, long ours, long theirs) {
        throw broken(Invariant.CONVERGENCE, "other documents than " + peer + " at " + at);
    }

    @Override
    public void refused(RegionName from, Refusal why) {
        world.tally.count("refused " + why);
        if (why.closesLink()) {
            throw broken(Invariant.STREAMS, "refused what " + from + " sent: " + why);
        }
    }

    // --- invariants

    InvariantViolation broken(Invariant invariant, String what) {
        return world.violation(invariant, actor + " in " + scope.id + ": " + what);
    }

    /// Checks what the last step may have broken here.
    void check() {
        isTouched = false;
        boolean isAtRest = log.synced() == log.end();
        checks.afterStep(isAtRest);
    }

    /// A frame with events before it that were lost is filled up with nothing.
    private Message.Events filled(Message.Events message) {
        Event first = message.events().getFirst();
        long next = seen.get(first.actor()) + 1;
        if (message.events().size() > 1 && world.chance(0.05) && first.sequence() == next) {
            List<Event> events = new ArrayList<>(message.events());
            events.set(0, SimEvents.withOps(first, List.of()));
            return new Message.Events(message.actor(), message.subscription(), events);
        }
        return message;
    }
}
