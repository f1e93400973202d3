package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.document.Conflict;
import dev.sheaf.context.document.MergeOutcome;
import dev.sheaf.context.runtime.wire.StateCodec;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.Table;
import dev.sheaf.context.sync.Effects;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Member;
import dev.sheaf.context.sync.MemberChange;
import dev.sheaf.context.sync.Message;
import dev.sheaf.context.sync.Refusal;
import dev.sheaf.context.sync.Replica;
import dev.sheaf.context.sync.ReplicaState;
import dev.sheaf.context.sync.SyncConfig;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One shard of one scope as this node runs it: its replica, its documents, its part of the log.
/// Owned by its worker's thread.
final class Group implements Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Group.class);
    private static final int SEEN_EVENTS = 1 << 17;
    private static final int DIGEST_WORK_MAX = 64;
    private static final long DIGEST_EVERY_NANOS = 1_000_000_000L;

    /// While changes come faster than digests are made: once in so long in spite of it.
    private static final long DIGEST_PATIENCE_NANOS = 10_000_000_000L;

    private static final long ROUND_TRIPS_EVERY_NANOS = 1_000_000_000L;
    private static final int EVENT_BYTES = 96;

    private final GroupId id;
    private final int number;
    private final Worker worker;
    private final EngineParts parts;
    private final GroupDocuments documents;
    private final TurnLog log;
    private final SeenEvents seen = new SeenEvents(SEEN_EVENTS);
    private final SubjectFences fences = new SubjectFences();
    private final StateTransfers transfers;
    private final TransferWatch watch;
    private final GroupReads reads;
    private final ExpirySweep expiry;
    private final List<Acknowledgement> acknowledgements = new ArrayList<>();
    private final GroupMembership membership;
    private final Replica replica;
    private final Map<RegionName, PeerLink> links = new HashMap<>();
    private final Map<RegionName, Integer> removedEpochs = new HashMap<>();
    private Lane lane;

    /// Whose message is being received, or was the last.
    private RegionName speaking;

    private boolean hasAppended;
    private boolean owesWrites = true;
    private boolean hasChanged = true;
    private VersionVector keptCut = VersionVector.EMPTY;
    private long syncedTurn;
    private long ownAtStart;
    private long digestAtNanos;
    private long restoring;
    private long roundTripsAtNanos;

    /// @param number the group's number in the log
    /// @param state what was found, or how to begin
    Group(
            GroupId id,
            int number,
            ActorId self,
            ReplicaState state,
            Worker worker,
            EngineParts parts,
            GroupMembership membership) {
        this.id = id;
        this.number = number;
        this.worker = worker;
        this.parts = parts;
        this.membership = membership;
        this.lane = membership.lane();
        this.speaking = self.region();
        this.documents = new GroupDocuments(this, parts);
        this.log = new TurnLog(id, number, parts.log(), parts.actors(), parts.feed());
        this.transfers = new StateTransfers(this, parts);
        this.watch = new TransferWatch(id, parts.transfers(), this::bytes);
        this.reads = new GroupReads(this, parts);
        this.expiry = new ExpirySweep(this, parts);
        this.replica =
                new Replica(
                        id,
                        self,
                        SyncConfig.of(lane),
                        membership::mayRelay,
                        parts.actors(),
                        this,
                        state,
                        membership.session(),
                        parts.nanoTime().getAsLong());
    }

    GroupId id() {
        return id;
    }

    /// See [ContextRuntime#remove].
    boolean remove(RegionName region, long nowNanos) {
        if (!replica.isMember()) {
            return false;
        }
        int epochMax =
                removedEpochs.computeIfAbsent(
                        region,
                        _ ->
                                replica.members().stream()
                                        .map(member -> parts.actors().actor(member.actor()))
                                        .filter(actor -> actor.region().equals(region))
                                        .mapToInt(ActorId::epoch)
                                        .max()
                                        .orElse(0));
        replica.remove(region, epochMax, nowNanos);
        endTurn();
        return replica.members().stream()
                .filter(member -> member.standing() != Member.Standing.GONE)
                .map(member -> parts.actors().actor(member.actor()))
                .noneMatch(actor -> actor.region().equals(region) && actor.epoch() <= epochMax);
    }

    /// See [ContextRuntime#isKnownToPeers].
    boolean isKnownToPeers() {
        endTurn();
        return replica.isKnownToPeers();
    }

    int number() {
        return number;
    }

    Worker worker() {
        return worker;
    }

    Replica replica() {
        return replica;
    }

    Lane lane() {
        return lane;
    }

    GroupDocuments documents() {
        return documents;
    }

    GroupReads reads() {
        return reads;
    }

    ExpirySweep expiry() {
        return expiry;
    }

    SeenEvents seen() {
        return seen;
    }

    SubjectFences fences() {
        return fences;
    }

    StateTransfers transfers() {
        return transfers;
    }

    GroupMembership membership() {
        return membership;
    }

    Optional<KnownType> typeOf(DocumentKey key) {
        return parts.types().find(key.type());
    }

    Optional<String> subjectOf(DocumentEntry entry) {
        if (entry.type.type().subject().isEmpty()) {
            return Optional.empty();
        }
        return entry.document
                .view(entry.type.rules(), parts.actors())
                .flatMap(entry.type.type()::subjectOf);
    }

    /// Whether the document is there for a reader now.
    boolean shows(DocumentEntry entry) {
        return entry.document.exists()
                && entry.document.expiresAtMillis(entry.type.ttlSeconds()) > parts.clock().millis();
    }

    // --- restart

    /// An event that the log has and the state may not have.
    ///
    /// @param position of its record
    void restored(Event event, long position) {
        if (!replica.isMember()) {
            return; // Of a state that had not come as a whole.
        }
        if (replica.applied().covers(Dot.of(event.actor(), event.lastSequence()))) {
            seen.put(SeenEvents.Key.of(event), event.dot());
            return;
        }
        replica.restored(event);
        parts.hybridClock().observe(event.hlc());
        if (!MemberChange.isMemberChange(event)) {
            restoring = position;
            merge(event);
            restoring = 0;
        }
    }

    /// Whether the event that is being restored is in the document already.
    private boolean hasMerged(DocumentEntry entry) {
        return restoring > 0 && restoring <= entry.logged;
    }

    /// All events of the log were given.
    void restoredAll() {
        ownAtStart = replica.applied().get(parts.actors().indexOf(replica.self()));
        documents.endTurn(replica.applied());
        membership.begin(this);
    }

    /// Whether this node may write of its own: not before it has written again what was set aside.
    boolean mayWrite() {
        return replica.isMember() && !owesWrites;
    }

    /// What was set aside, if anything, is written again.
    void reissued() {
        owesWrites = false;
    }

    /// Up to where this node's own stream was when it started.
    long ownAtStart() {
        return ownAtStart;
    }

    // --- turns

    void tick(long nowNanos) {
        if (nowNanos - roundTripsAtNanos >= ROUND_TRIPS_EVERY_NANOS) {
            roundTripsAtNanos = nowNanos;
            takeRoundTrips();
        }
        replica.tick(nowNanos);
        documents.strip(replica.cut(), replica.agreed());
        if (nowNanos - digestAtNanos >= DIGEST_EVERY_NANOS && !membership.linked().isEmpty()) {
            documents.digestSome();
        }
        reads.tick(nowNanos);
        transfers.tick(nowNanos);
        expiry.tick(nowNanos);
    }

    /// Relays are preferred by them.
    private void takeRoundTrips() {
        for (RegionName peer : membership.linked()) {
            membership.roundTrip(peer).ifPresent(trip -> replica.roundTrip(peer, trip.toNanos()));
        }
    }

    /// Logs what was merged in this turn, and asks to be told when it is durable.
    void endTurn() {
        if (!hasAppended) {
            return;
        }
        hasAppended = false;
        hasChanged = true;
        List<Acknowledgement> waiting = List.copyOf(acknowledgements);
        acknowledgements.clear();
        long turn = worker.turn();
        VersionVector applied = replica.applied();
        documents.endTurn(applied);
        try {
            membership.keepActors();
            long position = log.endTurn();
            ChangeFeed.Turn changes = log.takeTurn();
            parts.commit()
                    .whenSynced(
                            position,
                            () -> synced(turn, applied, waiting, changes),
                            problem -> {
                                membership.logFailed(problem);
                                waiting.forEach(each -> each.failed(problem));
                            });
        } catch (Problem problem) {
            membership.logFailed(problem);
            waiting.forEach(each -> each.failed(problem));
        }
    }

    private void synced(
            long turn,
            VersionVector applied,
            List<Acknowledgement> waiting,
            ChangeFeed.Turn changes) {
        waiting.forEach(Acknowledgement::durable);
        parts.feed().publish(changes);
        worker.submit(() -> {
            syncedTurn = Math.max(syncedTurn, turn);
            replica.durable(applied, parts.nanoTime().getAsLong());
        });
    }

    /// Calls back when everything that is merged by now is durable; at once if it is.
    void whenDurable(Acknowledgement acknowledgement) {
        if (hasAppended) {
            acknowledgements.add(acknowledgement);
        } else if (parts.log().appendedPosition() == parts.log().syncedPosition()) {
            acknowledgement.durable();
        } else {
            parts.commit()
                    .whenSynced(
                            parts.log().appendedPosition(),
                            acknowledgement::durable,
                            acknowledgement::failed);
        }
    }

    /// Whether what was changed in a turn is on disk.
    boolean isSynced(long turn) {
        return turn <= syncedTurn;
    }

    // --- events

    /// Logs and merges a local event, the next one of this actor's stream.
    MergeOutcome write(Event event) {
        return write(event, SeenEvents.Key.of(event));
    }

    /// @param seenKey of the event, which is known already
    MergeOutcome write(Event event, SeenEvents.Key seenKey) {
        append(event);
        MergeOutcome outcome = merge(event, seenKey);
        replica.written(event, parts.nanoTime().getAsLong());
        parts.metrics().written();
        return outcome;
    }

    private void append(Event event) {
        if (!hasAppended) {
            hasAppended = true;
            worker.isBusy(this);
        }
        log.append(event);
    }

    @Override
    public void apply(Event event) {
        append(event);
        if (MemberChange.isMemberChange(event)) {
            return;
        }
        parts.hybridClock().observe(event.hlc());
        merge(event);
        parts.metrics().merged();
        parts.metrics()
                .lag(
                        parts.actors().actor(event.actor()).region(),
                        event.lane(),
                        parts.clock().millis() - Hlc.millis(event.hlc()));
    }

    /// Of the log that came with a state: it is in the documents already.
    void logged(Event event) {
        log.append(event);
        seen.put(SeenEvents.Key.of(event), event.dot());
    }

    /// Ends the record that [#logged] has begun.
    void endLogged() {
        log.endTurn();
        parts.feed().publish(new ChangeFeed.Turn(log.takeTurn().begun(), List.of()));
    }

    /// Its type was not known when it came.
    void mergeHeld(Event event) {
        merge(event);
    }

    private MergeOutcome merge(Event event) {
        return merge(event, SeenEvents.Key.of(event));
    }

    private MergeOutcome merge(Event event, SeenEvents.Key seenKey) {
        seen.put(seenKey, event.dot());
        Optional<KnownType> type = parts.types().find(event.type());
        if (type.isEmpty()) {
            membership.hold(this, event);
            return MergeOutcome.ABSORBED;
        }
        if (!event.ops().isEmpty()
                && event.ops().getFirst() instanceof Op.EraseSubject(String subject)) {
            eraseSubject(type.get(), event, subject);
            return MergeOutcome.ERASED;
        }
        return merge(type.get(), event);
    }

    private MergeOutcome merge(KnownType type, Event event) {
        DocumentKey key = new DocumentKey(type.name(), event.documentId());
        DocumentEntry entry = documents.load(type, key);
        if (hasMerged(entry)) {
            return MergeOutcome.ABSORBED;
        }
        if (!fences.isEmpty() && isFenced(entry, event)) {
            parts.metrics().absorbed();
            return MergeOutcome.ABSORBED;
        }
        boolean concurrent = entry.isConcurrent(event);
        MergeOutcome outcome;
        try {
            outcome =
                    entry.document.apply(
                            event,
                            type.rules(),
                            parts.actors(),
                            conflict -> met(key, event, conflict));
        } catch (RuntimeException e) {
            return notMerged(key, event, e);
        }
        documents.changed(key, entry);
        if (concurrent || !entry.isValid) {
            new SchemaConflicts(this, parts).check(key, entry, event);
        }
        if (outcome == MergeOutcome.ERASED) {
            membership.erased(key, event.dot());
        } else if (outcome == MergeOutcome.ABSORBED) {
            parts.metrics().absorbed();
        } else if (!fences.isEmpty()) {
            eraseIfFenced(key, entry, event);
        }
        return outcome;
    }

    /// An event that is nonsense in itself is so at every member: it keeps its place in the stream
    /// and does nothing. The stream must go on whatever a peer sends.
    private MergeOutcome notMerged(DocumentKey key, Event event, RuntimeException cause) {
        String origin = parts.actors().actor(event.actor()).toString();
        parts.metrics()
                .refused(
                        parts.actors().actor(event.actor()).region(),
                        cause instanceof Problem problem ? problem.code().name() : "FAULT");
        LOG.error(
                "event {} of {} for {} was not merged and has no effect",
                event.sequence(),
                origin,
                key.type(),
                cause);
        return MergeOutcome.ABSORBED;
    }

    private boolean isFenced(DocumentEntry entry, Event event) {
        return subjectOf(entry).filter(subject -> fences.unseen(event, subject) != 0).isPresent();
    }

    /// The event made the document somebody's whose data was erased meanwhile.
    private void eraseIfFenced(DocumentKey key, DocumentEntry entry, Event event) {
        long fence = subjectOf(entry).map(subject -> fences.unseen(event, subject)).orElse(0L);
        if (fence != 0) {
            erase(key, entry, event, fence);
            parts.metrics().absorbed();
        }
    }

    private void eraseSubject(KnownType type, Event event, String subject) {
        Set<String> ids = documents.idsOfSubject(type, subject);
        for (String documentId : ids) {
            DocumentKey key = new DocumentKey(type.name(), documentId);
            DocumentEntry entry = documents.load(type, key);
            if (!hasMerged(entry)) {
                erase(key, entry, event, event.dot());
            }
        }
        fences.add(type.name(), subject, event.dot());
    }

    private void erase(DocumentKey key, DocumentEntry entry, Event cause, long fence) {
        Event erasure =
                new Event(
                        cause.eventId(),
                        cause.kind(),
                        key.type(),
                        key.id(),
                        cause.schemaVersion(),
                        Dot.actor(fence),
                        Dot.sequence(fence),
                        1,
                        cause.hlc(),
                        cause.context().with(Dot.actor(fence), Dot.sequence(fence) - 1),
                        cause.lane(),
                        cause.author(),
                        0,
                        "",
                        List.of(new Op.Erase()));
        entry.document.apply(
                erasure, entry.type.rules(), parts.actors(), conflict -> met(key, cause, conflict));
        documents.changed(key, entry);
        membership.erased(key, fence);
    }

    void met(DocumentKey key, Event event, Conflict conflict) {
        parts.conflicts().add(key, conflict, Instant.ofEpochMilli(parts.clock().millis()));
        String other =
                conflict.versions().stream()
                        .map(Conflict.Version::dot)
                        .filter(dot -> dot != Dot.STABLE && Dot.actor(dot) != event.actor())
                        .map(dot -> parts.actors().actor(Dot.actor(dot)).region().toString())
                        .findFirst()
                        .orElse("");
        String own = parts.actors().actor(event.actor()).region().toString();
        parts.metrics()
                .conflict(
                        key.type(),
                        conflict.kind().name(),
                        own.compareTo(other) < 0 ? own + " " + other : other + " " + own);
    }

    // --- links

    /// Nothing when the group knows of this link.
    void linkUp(RegionName peer, PeerLink link, long nowNanos) {
        if (!link.equals(links.put(peer, link))) {
            watch.linkUp(peer, nowNanos);
            replica.linkUp(peer, nowNanos);
        }
    }

    /// Nothing when another link has taken its place.
    void linkDown(RegionName peer, PeerLink link, long nowNanos) {
        if (links.remove(peer, link)) {
            watch.linkDown(peer, nowNanos);
            replica.linkDown(peer, nowNanos);
        }
    }

    /// @param link is up; the group may hear of it by its first message
    void receive(RegionName peer, PeerLink link, Message message) {
        long now = parts.nanoTime().getAsLong();
        linkUp(peer, link, now);
        speaking = peer;
        replica.receive(peer, message, now, parts.clock().millis());
        if (message instanceof Message.Events events) {
            watch.events(peer, events.events());
        } else if (message instanceof Message.Mark mark) {
            watch.marked(peer, mark.vector(), replica.applied(), now);
        }
    }

    // --- what the replica asks for

    @Override
    public void send(RegionName to, Message message) {
        Message seenThere = message;
        if (message instanceof Message.Events(int actor, long subscription, List<Event> events)) {
            seenThere =
                    new Message.Events(
                            actor,
                            subscription,
                            Coalescing.of(events, parts.types()).stream()
                                    .map(event -> visible(event, to))
                                    .toList());
        }
        parts.peers().send(to, id, seenThere, parts.nanoTime().getAsLong(), lane);
    }

    /// What a region may see of an event.
    Event visible(Event event, RegionName to) {
        if (MemberChange.isMemberChange(event)) {
            return event;
        }
        return parts.types()
                .find(event.type())
                .map(type -> type.redacted(event, to))
                .orElseGet(() -> membership.withoutContent(event));
    }

    @Override
    public int bytes(Event event) {
        int bytes = EVENT_BYTES + event.documentId().length() + event.eventId().length();
        for (Op op : event.ops()) {
            bytes += EventSize.of(op);
        }
        return bytes;
    }

    @Override
    public long hlc() {
        return parts.hybridClock().next();
    }

    @Override
    public OptionalLong digest(RegionName peer) {
        long now = parts.nanoTime().getAsLong();
        boolean cheap = documents.digestWork() <= DIGEST_WORK_MAX;
        if (!membership.seesTheSame(peer)
                || !cheap && now - digestAtNanos < DIGEST_PATIENCE_NANOS) {
            return OptionalLong.empty();
        }
        digestAtNanos = now;
        return OptionalLong.of(documents.digest());
    }

    @Override
    public void readLog(
            RegionName to, int actor, long subscription, long after, long through, long bytesMax) {
        parts.background()
                .execute(() -> {
                    Optional<List<Event>> events;
                    try {
                        events =
                                new LogEvents(parts.log(), parts.actors())
                                        .read(number, actor, after, through, bytesMax);
                    } catch (RuntimeException e) {
                        LOG.error("the log cannot be read for {}, which will ask again", to, e);
                        return;
                    }
                    worker.submit(() -> {
                        long now = parts.nanoTime().getAsLong();
                        if (events.isPresent()) {
                            replica.logRead(to, actor, subscription, events.get(), now);
                        } else {
                            replica.logCut(to, actor, subscription, now);
                        }
                    });
                });
    }

    @Override
    public void stable(VersionVector cut) {
        fences.strip(cut);
        hasChanged = true;
        membership.stable(this, cut);
    }

    @Override
    public void readState(RegionName to, long transfer, int index) {
        transfers.read(to, transfer, index);
    }

    @Override
    public void putState(int index, byte[] bytes) {
        transfers.put(index, bytes);
        watch.statePart(index, bytes.length, parts.nanoTime().getAsLong());
    }

    @Override
    public void installState(ReplicaState state) {
        transfers.install(state);
        watch.stateInstalled(speaking, parts.nanoTime().getAsLong());
    }

    @Override
    public void evicted(long end) {
        membership.evicted(this, end);
    }

    @Override
    public void epochTaken(int epoch) {
        membership.epochTaken(this, epoch);
    }

    @Override
    public void digestMismatch(RegionName peer, VersionVector at, long ours, long theirs) {
        parts.metrics().digestMismatch();
        membership.mismatched(peer);
        LOG.error(
                "{} and this node show different documents of {} shard {} at {}: digests {} and"
                        + " {}",
                peer,
                id.scope(),
                id.shard(),
                EventText.vector(at, parts.actors()),
                Long.toHexString(theirs),
                Long.toHexString(ours));
    }

    @Override
    public void refused(RegionName from, Refusal why) {
        membership.refused(from, why);
    }

    // --- writing behind

    /// What is not a document, as it is now, for [#write].
    GroupSnapshot snapshot(StateBatch batch) {
        boolean changed = hasChanged;
        hasChanged = false;
        if (changed) {
            keptCut = replica.cut();
            membership.writeSeen(this, batch);
        }
        return snapshot(replica.state(), changed);
    }

    private GroupSnapshot snapshot(ReplicaState state, boolean changed) {
        ByteWriter kept = new ByteWriter();
        fences.write(kept, actor -> actor);
        return new GroupSnapshot(this, replica.self(), state, kept.toByteArray(), changed);
    }

    /// Puts a snapshot into the batch that has the documents.
    void write(GroupSnapshot snapshot, StateBatch batch) {
        if (snapshot.changed()) {
            batch.put(Table.META, GroupStates.key(number), stateBytes(snapshot));
        }
    }

    /// To be called once what was written until now is durable. A restart finds the cut then, and
    /// every document is stripped by it when it is loaded: the others may count on that.
    Runnable whenFlushed() {
        VersionVector cut = keptCut;
        return () -> replica.settled(cut, parts.nanoTime().getAsLong());
    }

    /// What was put into a batch did not reach the store.
    void notWritten() {
        hasChanged = true;
        membership.notWritten();
    }

    private byte[] stateBytes(GroupSnapshot snapshot) {
        ByteWriter out = new ByteWriter();
        out.string(snapshot.self().toString());
        StateCodec.write(out, snapshot.state(), actor -> actor);
        out.raw(snapshot.fences(), 0, snapshot.fences().length);
        return out.toByteArray();
    }

    /// As [#write(GroupSnapshot, StateBatch)], for a state that the replica has not taken on yet.
    void writeInstalled(ReplicaState state, StateBatch batch) {
        batch.put(Table.META, GroupStates.key(number), stateBytes(snapshot(state, true)));
        documents.writeDigest(batch);
    }

    /// A more urgent type may have joined the scope: beats come more often then.
    void reconsiderLane() {
        Lane wanted = membership.lane();
        if (wanted.compareTo(lane) >= 0) {
            return;
        }
        lane = wanted;
        replica.pace(SyncConfig.of(lane));
    }

    void close() {
        log.close();
    }
}
