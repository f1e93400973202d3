package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One node's part in one group: takes other origins' streams in causal order, sends on what is
/// durable, knows how stale it is, and agrees with the other members on what all have and who they
/// are.
///
/// A state machine without clock, thread or socket. Whoever owns it calls its inputs from one
/// thread and passes the time in: `nowNanos` is the node's monotonic clock, which never goes back
/// while the replica lives; `wallMillis` its wall clock, used only to refuse events from the
/// future. What it wants done it asks of [Effects]. After [Effects#evicted] or [Effects#epochTaken]
/// it is dead and ignores all inputs.
///
/// Source: `spec/context.md`, section 6.
public final class Replica {
    private final GroupId group;
    private final Site site;
    private final Peers peers = new Peers();
    private final Freshness freshness;
    private final Stability stability;
    private final Outlet outlet;
    private final Marks marks;
    private final Upstreams upstreams;
    private final Evictions evictions;
    private final Admission admission;
    private boolean isDead;
    private long duplicates;

    /// @param self the region in the epoch that it writes under; when `state` does not name it as a
    ///   member it will ask to be admitted
    /// @param session a number greater than at any earlier start of this replica
    public Replica(
            GroupId group,
            ActorId self,
            SyncConfig config,
            Relays relays,
            ActorTable actors,
            Effects effects,
            ReplicaState state,
            int session,
            long nowNanos) {
        this.group = group;
        this.site = new Site(self, config, relays, actors, effects, state, session, nowNanos);
        this.freshness = new Freshness(site);
        this.stability = new Stability(site, state);
        this.outlet = new Outlet(site, stability);
        this.marks = new Marks(site, peers, freshness, stability);
        this.upstreams = new Upstreams(site, peers);
        this.evictions = new Evictions(site, freshness, this::write);
        this.admission = new Admission(site, peers, stability, evictions, this::write);
    }

    public GroupId group() {
        return group;
    }

    public ActorId self() {
        return site.actor;
    }

    /// Whether this node takes part: it may write, and its staleness means something.
    public boolean isMember() {
        return !isDead && site.isMember();
    }

    // --- what it knows

    /// What is applied here. Also the context of the next local event, and the token of a read.
    public VersionVector applied() {
        return site.applied.vector();
    }

    public VersionVector durable() {
        return site.durable.vector();
    }

    /// What every member has.
    public VersionVector cut() {
        return stability.cut();
    }

    /// The cut that this node has told the others its documents are stripped by, or will; see
    /// [#settled(VersionVector, long)].
    public VersionVector settled() {
        return stability.settled();
    }

    /// What every member has durably taken for stable: events still to come are written to
    /// documents that were stripped by at least this. Never more than [#cut()].
    public VersionVector agreed() {
        return stability.agreed();
    }

    /// What some member may have taken for stable, and stripped of its dots. An event that is
    /// written again after an eviction must have this in its context: where dots are gone, nobody
    /// can tell what was concurrent with it.
    public VersionVector stripped() {
        return stability.stripped();
    }

    /// All actors ever known in the group, the evicted among them.
    public List<Member> members() {
        return site.membership.all();
    }

    /// The first sequence number of the next local event.
    public long nextSequence() {
        return site.applied.get(site.self) + 1;
    }

    /// What must be found again after a restart, as of the last event applied.
    public ReplicaState state() {
        return new ReplicaState(
                applied(),
                cut(),
                stripped(),
                site.membership.all(),
                List.copyOf(site.membership.proposals()),
                site.erasures.kept());
    }

    /// How stale this node can be toward each other member.
    public Staleness staleness(long nowNanos) {
        List<Staleness.Origin> origins = new ArrayList<>();
        for (Member member : site.membership.counted()) {
            if (member.actor() != site.self) {
                origins.add(
                        new Staleness.Origin(
                                site.regionOf(member.actor()),
                                freshness.staleness(member.actor(), nowNanos)));
            }
        }
        return new Staleness(origins);
    }

    /// The greatest staleness toward any other member, [Staleness#UNKNOWN] when there is one that
    /// was not heard since the start, or while this node is no member.
    public long stalenessNanos(long nowNanos) {
        if (!isMember()) {
            return Staleness.UNKNOWN;
        }
        long max = 0;
        for (Member member : site.membership.counted()) {
            if (member.actor() != site.self) {
                max = Math.max(max, freshness.staleness(member.actor(), nowNanos));
            }
        }
        return max;
    }

    /// How old the knowledge of one member is at most, or [Staleness#UNKNOWN].
    public long stalenessNanos(int actor, long nowNanos) {
        return isMember() ? freshness.staleness(actor, nowNanos) : Staleness.UNKNOWN;
    }

    /// The erasures that the writer of an event with this context did not know of. After an
    /// eviction, what this node wrote before and is about to write again must be held against them:
    /// what they concern stays erased.
    public List<Erasure> erasuresUnseenBy(VersionVector context) {
        return site.erasures.unseenBy(context);
    }

    /// The region that this origin's stream comes from now.
    public Optional<RegionName> upstreamOf(int actor) {
        return Optional.ofNullable(upstreams.upstreamOf(actor));
    }

    /// The reachable region that knows the most recent of this actor, to redirect a read to.
    public Optional<RegionName> freshest(int actor) {
        return Optional.ofNullable(marks.freshest(actor));
    }

    /// What it holds in memory.
    public Load load() {
        return new Load(
                site.inbox.size(),
                outlet.undurable(),
                marks.held(),
                outlet.bytesOnTheWayMax(),
                duplicates);
    }

    /// @param waiting received events whose context is not here
    /// @param undurable applied events that are not known to be synced
    /// @param marks answers to beats that wait for a sync
    /// @param bytesOnTheWayMax the most that is sent and not acknowledged of one stream to one peer
    /// @param duplicates events that came again and were dropped, since the start
    public record Load(
            int waiting, int undurable, int marks, long bytesOnTheWayMax, long duplicates) {}

    // --- inputs: the own node

    /// An event that the log has after the position of the state that the constructor got. To be
    /// called in log order, before any other input; the documents are the caller's matter.
    public void restored(Event event) {
        site.applied.set(event.actor(), event.lastSequence());
        site.durable.set(event.actor(), event.lastSequence());
        site.erasures.applied(event);
        if (MemberChange.isMemberChange(event)) {
            MemberChange.of(event).ifPresent(change -> site.membership.apply(event, change));
        }
    }

    /// A local event was appended to the log and merged; it is not yet durable.
    ///
    /// @throws IllegalArgumentException when it is not the next one of this actor's stream
    public void written(Event event, long nowNanos) {
        site.now = nowNanos;
        if (event.actor() != site.self || event.sequence() != nextSequence() || !isMember()) {
            throw new IllegalArgumentException(
                    "event "
                            + Dot.text(event.dot(), site.actors)
                            + " is not the next one of "
                            + site.actor
                            + ", which is at "
                            + site.applied.get(site.self));
        }
        advance(event);
        settle();
    }

    /// Everything that the log had when `upTo` was [#applied()] is synced: it may be sent, and
    /// acknowledged to its writers.
    public void durable(VersionVector upTo, long nowNanos) {
        if (isDead) {
            return;
        }
        site.now = nowNanos;
        outlet.durable(upTo);
        stability.advanced();
        marks.advanced();
        admission.advanced();
        upstreams.acknowledge(false);
        settle();
    }

    /// No document can come back, by a restart either, that is not stripped by this cut: they are,
    /// durably or whenever they are loaded, and the cut is kept with the state. Until a replica
    /// hears that of a cut, the others do not count on it; see [#agreed()].
    public void settled(VersionVector by, long nowNanos) {
        if (!isDead) {
            site.now = nowNanos;
            stability.settled(by);
        }
    }

    /// The answer to [Effects#readLog].
    public void logRead(
            RegionName to, int actor, long subscription, List<Event> events, long nowNanos) {
        if (!isDead) {
            site.now = nowNanos;
            outlet.logRead(to, actor, subscription, events);
        }
    }

    /// The other answer to [Effects#readLog]: the log begins after what was wanted.
    public void logCut(RegionName to, int actor, long subscription, long nowNanos) {
        if (!isDead) {
            site.now = nowNanos;
            outlet.logCut(to, actor, subscription);
        }
    }

    /// The answer to [Effects#readState].
    public void stateRead(
            RegionName to, long transfer, int index, byte[] bytes, boolean last, long nowNanos) {
        if (!isDead) {
            site.now = nowNanos;
            admission.read(to, transfer, index, bytes, last);
        }
    }

    /// The state of [Effects#installState] is durable: this node is a member now.
    public void installed(long nowNanos) {
        ReplicaState state = admission.taken();
        if (isDead || state == null) {
            return;
        }
        site.now = nowNanos;
        site.applied.set(state.applied());
        site.durable.set(state.applied());
        site.membership.install(state);
        site.erasures.install(state.erasures());
        stability.install(state);
        for (Member member : site.membership.counted()) {
            freshness.heard(member.actor(), nowNanos);
        }
        settle();
        upstreams.choose();
        marks.beat(true);
    }

    /// Asks all reachable members at once how far they are: for a read that wants it fresher.
    public void refresh(long nowNanos) {
        if (!isDead) {
            site.now = nowNanos;
            marks.beat(true);
        }
    }

    /// An operator says that this region is gone for good: its actor is evicted as soon as the
    /// others agree, and nothing is kept for its return. Forgotten at a restart: to be said again
    /// until [#members()] shows none of its actors but as gone.
    public void remove(RegionName region, long nowNanos) {
        remove(region, Integer.MAX_VALUE, nowNanos);
    }

    /// As the other one, of epochs up to this one: a region that has come back is not meant.
    public void remove(RegionName region, int epochMax, long nowNanos) {
        if (!isMember()) {
            return;
        }
        site.now = nowNanos;
        for (Member member : site.membership.all()) {
            ActorId actor = site.actors.actor(member.actor());
            if (!actor.region().equals(region) || actor.epoch() > epochMax) {
                continue;
            }
            if (member.standing() == Member.Standing.EVICTED) {
                write(new MemberChange.Retire(site.actors.actor(member.actor())));
            } else if (member.counts()) {
                evictions.declare(member.actor());
            }
        }
    }

    /// Whether every active member that there is a link with has said that all events of this actor
    /// are durable there.
    public boolean isKnownToPeers() {
        if (!isMember()) {
            return true;
        }
        long own = applied().get(site.self);
        for (Peer peer : peers.all()) {
            if (peer.isUp
                    && site.activeMember(peer.region) != null
                    && peer.vector.get(site.self) < own) {
                return false;
            }
        }
        return true;
    }

    /// Goes on at another pace.
    public void pace(SyncConfig config) {
        site.config = config;
    }

    /// Time passes. To be called at least as often as beats are due.
    public void tick(long nowNanos) {
        if (isDead) {
            return;
        }
        site.now = nowNanos;
        if (site.isMember()) {
            evictions.tick();
            settle();
            settleCut();
            upstreams.choose();
            upstreams.acknowledge(true);
            marks.beat(false);
        } else {
            admission.tick();
        }
    }

    // --- inputs: links

    /// A link to that region is open, new on both sides.
    public void linkUp(RegionName region, long nowNanos) {
        site.now = nowNanos;
        forget(region);
        Peer peer = peers.of(region);
        peer.isUp = true;
        peer.upAt = nowNanos;
        peer.beatAt = Peer.NEVER;
        if (!isDead && site.isMember()) {
            upstreams.choose();
            marks.beat(false);
        }
    }

    public void linkDown(RegionName region, long nowNanos) {
        site.now = nowNanos;
        forget(region);
        peers.of(region).isUp = false;
        if (!isDead && site.isMember()) {
            upstreams.choose();
        }
    }

    private void forget(RegionName region) {
        outlet.forget(region);
        upstreams.forget(peers.of(region));
        marks.forget(region);
        admission.forget(region);
    }

    /// The link's measured round trip, by which relays are preferred.
    public void roundTrip(RegionName region, long nanos) {
        peers.of(region).roundTripNanos = nanos;
    }

    /// A message came in over the link from that region.
    public void receive(RegionName from, Message message, long nowNanos, long wallMillis) {
        if (isDead) {
            return;
        }
        site.now = nowNanos;
        heard(from, message);
        switch (message) {
            case Message.Subscribe subscribe -> outlet.subscribe(from, subscribe);
            case Message.Unsubscribe(int actor, long subscription) ->
                    outlet.unsubscribe(from, actor, subscription);
            case Message.Acknowledge acknowledge -> outlet.acknowledge(from, acknowledge);
            case Message.Events events -> take(from, events, wallMillis);
            case Message.Declined declined -> declined(from, declined);
            case Message.Beat beat -> marks.beaten(from, beat);
            case Message.Mark mark -> marked(from, mark);
            case Message.Evicted(int actor, long end) -> evicted(from, actor, end);
            case Message.Join join -> admission.join(from, join);
            case Message.JoinRefused(int epoch) -> {
                if (admission.isTaken(from, epoch)) {
                    isDead = true;
                    site.effects.epochTaken(epoch);
                }
            }
            case Message.StateBegin begin -> admission.begin(from, begin);
            case Message.StatePart part -> admission.part(from, part);
            case Message.StateNext next -> admission.next(from, next);
        }
        settle();
    }

    private void heard(RegionName from, Message message) {
        Member member = site.activeMember(from);
        if (member != null && isMembers(message)) {
            freshness.heard(member.actor(), site.now);
        } else if (message instanceof Message.Join(ActorId joiner, long transfer)
                && joiner.region().equals(from)) {
            freshness.heard(site.actors.indexOf(joiner), site.now);
        }
    }

    /// Whether only a member says so; the region of one that lost its state says other things.
    private static boolean isMembers(Message message) {
        return switch (message) {
            case Message.Subscribe subscribe -> true;
            case Message.Events events -> true;
            case Message.Acknowledge acknowledge -> true;
            case Message.Beat beat -> true;
            case Message.Mark mark -> true;
            case Message.Unsubscribe unsubscribe -> false;
            case Message.Declined declined -> false;
            case Message.Evicted evicted -> false;
            case Message.Join join -> false;
            case Message.JoinRefused refused -> false;
            case Message.StateBegin begin -> false;
            case Message.StatePart part -> false;
            case Message.StateNext next -> false;
        };
    }

    // --- streams coming in

    private void take(RegionName from, Message.Events message, long wallMillis) {
        int actor = message.actor();
        if (!upstreams.isCurrent(from, actor, message.subscription())) {
            duplicates += message.events().size();
            return;
        }
        Refusal why = check(message, wallMillis);
        if (why != null) {
            upstreams.pause(actor, peers.of(from));
            site.effects.refused(from, why);
            return;
        }
        long bytes = 0;
        boolean complete = true;
        for (Event event : message.events()) {
            bytes += site.effects.bytes(event);
            switch (site.inbox.accept(event)) {
                case QUEUED -> {}
                case DUPLICATE -> duplicates++;
                case GAP -> complete = false;
                case OVERLAP -> {
                    upstreams.pause(actor, peers.of(from));
                    site.effects.refused(from, Refusal.STREAM_DIVERGED);
                    return;
                }
            }
        }
        upstreams.received(actor, bytes);
        if (!complete) {
            upstreams.restart(actor);
        }
        site.inbox.drain(this::apply);
    }

    private @Nullable Refusal check(Message.Events message, long wallMillis) {
        long next = -1;
        for (Event event : message.events()) {
            if (event.actor() != message.actor() || event.actor() == site.self) {
                return Refusal.FORGED_ORIGIN;
            }
            boolean ordered = next < 0 || event.sequence() == next;
            if (!ordered
                    || event.sequence() < 1
                    || event.width() < 1
                    || event.lastSequence() > Dot.SEQUENCE_MAX
                    || event.context().get(event.actor()) != event.sequence() - 1) {
                return Refusal.FORGED_SEQUENCE;
            }
            next = event.lastSequence() + 1;
            if (Hlc.millis(event.hlc()) > wallMillis + site.config.clockAheadMaxMillis()) {
                return Refusal.CLOCK_AHEAD;
            }
            if (MemberChange.isMemberChange(event) && MemberChange.of(event).isEmpty()) {
                return Refusal.FORGED_MEMBERS;
            }
        }
        return null;
    }

    private void apply(Event event) {
        site.effects.apply(event);
        advance(event);
    }

    private void advance(Event event) {
        site.applied.set(event.actor(), event.lastSequence());
        outlet.applied(event);
        site.erasures.applied(event);
        marks.busy();
        freshness.advanced(event.actor());
        if (MemberChange.isMemberChange(event)) {
            MemberChange.of(event).ifPresent(change -> changed(event, change));
        }
    }

    /// Writes a change of members into the own stream.
    private void write(MemberChange change) {
        long sequence = nextSequence();
        Event event =
                new Event(
                        "members-" + site.actor + "-" + sequence,
                        EventKind.CONTEXT_DELTA,
                        MemberChange.TYPE,
                        group.scope(),
                        "1.0",
                        site.self,
                        sequence,
                        1,
                        site.effects.hlc(),
                        applied(),
                        Lane.CRITICAL,
                        "",
                        0,
                        "",
                        List.of(change.toOp()));
        apply(event);
    }

    private void changed(Event event, MemberChange change) {
        site.membership.apply(event, change);
        switch (change) {
            case MemberChange.Agree agree -> stopTaking(event);
            case MemberChange.Evict evict -> stopTaking(event);
            case MemberChange.Admit(ActorId actor) -> welcomed(actor);
            case MemberChange.Sponsor(ActorId actor) -> welcomed(actor);
            case MemberChange.Decide decide -> decided(decide);
            case MemberChange.Retire retire -> {}
            case MemberChange.Cancel cancel -> {}
        }
    }

    private void welcomed(ActorId actor) {
        freshness.heard(site.actors.indexOf(actor), site.now);
    }

    private void stopTaking(Event own) {
        if (own.actor() != site.self) {
            return;
        }
        for (Member member : site.membership.counted()) {
            if (site.membership.isEnding(member.actor())) {
                upstreams.leave(member.actor());
            }
        }
        upstreams.choose();
    }

    private void decided(MemberChange.Decide decide) {
        Member self = site.membership.member(site.self);
        if (self != null && !self.counts()) {
            die(self.end());
            return;
        }
        for (ActorId target : decide.targets()) {
            Member member = site.membership.member(site.actors.indexOf(target));
            if (member != null && !member.counts()) {
                outlet.end(member);
            }
        }
    }

    // --- the rest of what comes in

    private void declined(RegionName from, Message.Declined declined) {
        if (!upstreams.isCurrent(from, declined.actor(), declined.subscription())) {
            return;
        }
        if (!site.applied.covers(declined.cut())) {
            die(Dot.SEQUENCE_MAX);
            return;
        }
        upstreams.pause(declined.actor(), peers.of(from));
    }

    private void marked(RegionName from, Message.Mark mark) {
        if (site.isMember() && mark.vector().get(site.self) > site.applied.get(site.self)) {
            // Others have events of ours that we do not have: this is an old copy of our state.
            die(Dot.SEQUENCE_MAX);
            return;
        }
        marks.marked(peers.of(from), mark);
        upstreams.marked(peers.of(from));
        settleCut();
    }

    private void settleCut() {
        // An eviction that a crash could take back must not have let the cut pass the evicted.
        if (!outlet.hasUndurableChanges()) {
            stability.settle();
            site.erasures.settle(stability);
        }
    }

    private void evicted(RegionName from, int actor, long end) {
        Member sender = site.activeMember(from);
        // Of two that propose each other only one can win. Whom we agreed to evict cannot tell us.
        boolean isEnding = sender != null && site.membership.isEnding(sender.actor());
        if (actor == site.self && !isEnding) {
            die(end);
        }
    }

    private void die(long end) {
        if (!isDead) {
            isDead = true;
            site.effects.evicted(end);
        }
    }

    /// What may have become possible by the last input.
    private void settle() {
        if (isDead) {
            return;
        }
        site.inbox.drain(this::apply);
        marks.compare();
    }
}
