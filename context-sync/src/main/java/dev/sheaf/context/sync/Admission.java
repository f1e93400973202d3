package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How a node without state becomes a member: it asks a member, its sponsor, to admit it; when all
/// members know of the admission the sponsor sends the group's state. Both sides are here.
final class Admission {
    private static final int PATIENCE_RETRIES = 5;

    private final Site site;
    private final Peers peers;
    private final Stability stability;
    private final Evictions evictions;
    private final Consumer<MemberChange> write;
    private final Map<RegionName, Pledge> pledges = new HashMap<>();
    private final Map<RegionName, Outgoing> outgoing = new HashMap<>();
    private long transfer;
    private long askedAt = Peer.NEVER;
    private int asked;
    @Nullable private RegionName sponsor;
    @Nullable private ReplicaState incoming;
    private int parts;
    private boolean isComplete;

    Admission(
            Site site,
            Peers peers,
            Stability stability,
            Evictions evictions,
            Consumer<MemberChange> write) {
        this.site = site;
        this.peers = peers;
        this.stability = stability;
        this.evictions = evictions;
        this.write = write;
    }

    /// A state that this node has promised in its stream, by the event of this dot. It is sent when
    /// all know of the promise: from then on the joiner may have what nobody else has.
    private record Pledge(int joiner, long dot) {}

    /// A state on its way to a joiner.
    private static final class Outgoing {
        final long transfer;
        final ReplicaState state;
        byte @Nullable [] first;
        boolean firstIsLast;

        Outgoing(long transfer, ReplicaState state) {
            this.transfer = transfer;
            this.state = state;
        }
    }

    // --- the joiner

    /// Asks the next member when the last one has not answered for a while.
    void tick() {
        if (site.isMember() || isComplete) {
            return;
        }
        long patience =
                incoming == null
                        ? site.config.retryNanos()
                        : PATIENCE_RETRIES * site.config.retryNanos();
        if (askedAt != Peer.NEVER && site.now - askedAt < patience) {
            return;
        }
        List<Peer> up = new ArrayList<>();
        for (Peer peer : peers.all()) {
            if (peer.isUp && site.relays.mayRelay(peer.region, site.actor.region())) {
                up.add(peer);
            }
        }
        if (up.isEmpty()) {
            return;
        }
        // The same sponsor for a while: each that is asked writes an admission of its own.
        Peer next = up.get(asked++ / PATIENCE_RETRIES % up.size());
        incoming = null;
        sponsor = next.region;
        transfer = site.nextSerial();
        askedAt = site.now;
        site.effects.send(next.region, new Message.Join(site.actor, transfer));
    }

    private boolean isExpected(RegionName from, long of) {
        return !site.isMember() && !isComplete && from.equals(sponsor) && of == transfer;
    }

    void begin(RegionName from, Message.StateBegin begin) {
        if (isExpected(from, begin.transfer())) {
            incoming = begin.state();
            parts = 0;
            askedAt = site.now;
        }
    }

    void part(RegionName from, Message.StatePart part) {
        ReplicaState state = incoming;
        if (!isExpected(from, part.transfer()) || state == null || part.index() != parts) {
            return;
        }
        parts++;
        askedAt = site.now;
        site.effects.putState(part.index(), part.bytes());
        if (part.last()) {
            isComplete = true;
            site.effects.installState(state);
        } else {
            site.effects.send(from, new Message.StateNext(transfer, parts));
        }
    }

    /// The state that was taken, once it is durable.
    @Nullable ReplicaState taken() {
        return isComplete ? incoming : null;
    }

    /// Whether the epoch that this node wanted was used before.
    boolean isTaken(RegionName from, int epoch) {
        return !site.isMember()
                && !isComplete
                && from.equals(sponsor)
                && epoch > site.actor.epoch();
    }

    // --- the sponsor

    void join(RegionName from, Message.Join join) {
        ActorId joiner = join.joiner();
        if (!joiner.region().equals(from)) {
            site.effects.refused(from, Refusal.FORGED_ORIGIN);
            return;
        }
        if (!site.isMember() || !site.relays.mayRelay(site.actor.region(), from)) {
            return;
        }
        int actor = site.actors.indexOf(joiner);
        Member known = site.membership.member(actor);
        if (declareEarlier(joiner)) {
            return;
        }
        Pledge pledge = pledges.get(from);
        if (known != null && known.standing() == Member.Standing.ADMITTED) {
            if (isReady(known)) {
                write.accept(new MemberChange.Sponsor(joiner));
                long dot = Dot.of(site.self, site.applied.get(site.self));
                pledges.put(from, new Pledge(actor, dot));
            }
        } else if (known != null
                && known.counts()
                && pledge != null
                && pledge.joiner() == actor
                && (outgoing.containsKey(from) || !site.membership.isProposing())) {
            // An eviction would wait for the joiner's agreement, and the joiner for its end.
            Outgoing before = outgoing.get(from);
            boolean isNew = before == null || before.transfer < join.transfer();
            if (isNew && isKnown(pledge.dot(), actor) && !site.membership.isProposing()) {
                start(from, join.transfer());
            }
        } else if (known != null || joiner.epoch() < site.membership.freeEpoch(from)) {
            site.effects.send(from, new Message.JoinRefused(site.membership.freeEpoch(from)));
        } else {
            write.accept(new MemberChange.Admit(joiner));
        }
    }

    /// A region that asks to join has no other actor any more.
    ///
    /// @return whether there was one
    private boolean declareEarlier(ActorId joiner) {
        boolean found = false;
        for (Member member : site.membership.counted()) {
            ActorId actor = site.actors.actor(member.actor());
            if (actor.region().equals(joiner.region()) && actor.epoch() < joiner.epoch()) {
                evictions.declare(member.actor());
                found = true;
            }
        }
        return found;
    }

    /// Whether everybody who can have a state knows of the admission. Of two that are admitted at
    /// the same time, the one that is lower by name goes first.
    private boolean isReady(Member joiner) {
        for (Member member : site.membership.counted()) {
            if (member.standing() == Member.Standing.ADMITTED
                    && site.actors.compare(member.actor(), joiner.actor()) < 0) {
                return false;
            }
        }
        return !site.membership.isProposing() && isKnown(joiner.admission(), joiner.actor());
    }

    /// Whether all who take part, the joiner aside, have this event.
    private boolean isKnown(long dot, int joiner) {
        for (Member member : site.membership.counted()) {
            int actor = member.actor();
            boolean has =
                    actor == site.self
                            ? site.durable.covers(dot)
                            : stability.report(actor).covers(dot);
            if (actor != joiner && member.standing() == Member.Standing.ACTIVE && !has) {
                return false;
            }
        }
        return true;
    }

    private void start(RegionName to, long number) {
        VersionVector applied = site.applied.vector();
        ReplicaState state =
                new ReplicaState(
                        applied,
                        stability.cut(),
                        stability.stripped(),
                        site.membership.all(),
                        List.of(),
                        site.erasures.kept());
        outgoing.put(to, new Outgoing(number, state));
        site.effects.readState(to, number, 0);
    }

    void read(RegionName to, long number, int index, byte[] bytes, boolean last) {
        Outgoing out = outgoing.get(to);
        if (out == null || out.transfer != number) {
            return;
        }
        if (index == 0) {
            out.first = bytes;
            out.firstIsLast = last;
            advanced();
        } else {
            site.effects.send(to, new Message.StatePart(number, index, bytes, last));
            if (last) {
                outgoing.remove(to);
                pledges.remove(to);
            }
        }
    }

    /// More is durable: a state leaves when all of it is.
    void advanced() {
        outgoing.entrySet().removeIf(entry -> leaves(entry.getKey(), entry.getValue()));
    }

    private boolean leaves(RegionName to, Outgoing out) {
        byte[] first = out.first;
        if (first == null || !site.durable.covers(out.state.applied())) {
            return false;
        }
        out.first = null;
        site.effects.send(to, new Message.StateBegin(out.transfer, out.state));
        site.effects.send(to, new Message.StatePart(out.transfer, 0, first, out.firstIsLast));
        if (out.firstIsLast) {
            pledges.remove(to);
        }
        return out.firstIsLast;
    }

    void next(RegionName from, Message.StateNext next) {
        Outgoing out = outgoing.get(from);
        if (out != null && out.transfer == next.transfer() && next.index() > 0) {
            site.effects.readState(from, next.transfer(), next.index());
        }
    }

    void forget(RegionName peer) {
        if (peer.equals(sponsor) && !isComplete) {
            incoming = null;
            askedAt = Peer.NEVER;
        }
    }
}
