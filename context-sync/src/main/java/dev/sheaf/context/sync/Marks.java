package dev.sheaf.context.sync;

import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Beats and the marks that answer them. A mark tells what its sender had when it saw the beat, and
/// leaves only when that is durable there.
final class Marks {
    private static final int HELD_PER_PEER_MAX = 4;

    private final Site site;
    private final Peers peers;
    private final Freshness freshness;
    private final Stability stability;
    private final Deque<Held> held = new ArrayDeque<>();
    private final Map<RegionName, Shown> shown = new HashMap<>();
    private long busyAt;

    Marks(Site site, Peers peers, Freshness freshness, Stability stability) {
        this.site = site;
        this.peers = peers;
        this.freshness = freshness;
        this.stability = stability;
        this.busyAt = site.now;
    }

    private record Held(RegionName to, Message.Mark mark) {}

    /// What a peer's documents came to at a vector.
    private record Shown(VersionVector vector, long digest) {}

    int held() {
        return held.size();
    }

    /// Something was written or applied: beats come at the busy pace for a while.
    void busy() {
        busyAt = site.now;
    }

    /// Sends the beats that are due; all, when `now` is set.
    void beat(boolean all) {
        boolean isBusy = site.now - busyAt < 2 * site.config.idleBeatEveryNanos();
        long every = isBusy ? site.config.beatEveryNanos() : site.config.idleBeatEveryNanos();
        List<Integer> unlinked = unlinked();
        for (Peer peer : peers.all()) {
            if (peer.isUp && site.activeMember(peer.region) != null) {
                if (all || peer.beatAt == Peer.NEVER || site.now - peer.beatAt >= every) {
                    long number = site.nextSerial();
                    peer.beat(number, site.now);
                    site.effects.send(peer.region, new Message.Beat(number, unlinked));
                }
            }
        }
    }

    private List<Integer> unlinked() {
        List<Integer> unlinked = new ArrayList<>();
        for (Member member : site.membership.counted()) {
            if (member.actor() != site.self && !peers.of(site.regionOf(member.actor())).isUp) {
                unlinked.add(member.actor());
            }
        }
        return unlinked;
    }

    void beaten(RegionName from, Message.Beat beat) {
        if (site.activeMember(from) == null || !site.isMember()) {
            return;
        }
        Message.Mark mark =
                new Message.Mark(
                        site.self,
                        beat.number(),
                        site.applied.vector(),
                        stability.cut(),
                        stability.settled(),
                        ages(),
                        reports(beat.unlinked()),
                        site.effects.hlc(),
                        site.effects.digest(from));
        if (held.isEmpty() && site.durable.covers(mark.vector())) {
            site.effects.send(from, mark);
        } else if (held.stream().filter(one -> one.to().equals(from)).count() < HELD_PER_PEER_MAX) {
            held.add(new Held(from, mark));
        }
    }

    private List<Message.Age> ages() {
        List<Message.Age> ages = new ArrayList<>();
        for (Member member : site.membership.counted()) {
            int actor = member.actor();
            long age = actor == site.self ? 0 : freshness.staleness(actor, site.now);
            if (age != Staleness.UNKNOWN) {
                ages.add(new Message.Age(actor, age));
            }
        }
        return ages;
    }

    private List<Message.Report> reports(List<Integer> of) {
        List<Message.Report> reports = new ArrayList<>();
        for (int actor : of) {
            Message.Report report = stability.lastReport(actor);
            if (actor != site.self && report.vector().width() > 0) {
                reports.add(report);
            }
        }
        return reports;
    }

    /// More is durable: marks that waited for it leave.
    void advanced() {
        while (!held.isEmpty() && site.durable.covers(held.getFirst().mark().vector())) {
            Held first = held.removeFirst();
            site.effects.send(first.to(), first.mark());
        }
    }

    void forget(RegionName peer) {
        held.removeIf(one -> one.to().equals(peer));
        shown.remove(peer);
    }

    void marked(Peer peer, Message.Mark mark) {
        Member sender = site.activeMember(peer.region);
        if (sender == null || sender.actor() != mark.sender()) {
            return;
        }
        peer.vector = peer.vector.max(mark.vector());
        long time = peer.beatTime(mark.number());
        if (time != Peer.NEVER) {
            peer.answeredAt = Math.max(peer.answeredAt, time);
            for (Message.Age age : mark.ages()) {
                long freshAt = time - age.nanos();
                peer.fresh(age.actor(), freshAt);
                freshness.offer(age.actor(), mark.vector().get(age.actor()), freshAt);
            }
        }
        stability.reported(
                new Message.Report(sender.actor(), mark.vector(), mark.cut(), mark.settled()));
        mark.reports().forEach(stability::reported);
        if (mark.digest().isPresent()) {
            shown.put(peer.region, new Shown(mark.vector(), mark.digest().getAsLong()));
            compare();
        }
    }

    /// Compares digests with those peers that had exactly what we have.
    void compare() {
        if (shown.isEmpty()) {
            return;
        }
        for (Map.Entry<RegionName, Shown> entry : List.copyOf(shown.entrySet())) {
            VersionVector at = entry.getValue().vector();
            if (!site.applied.covers(at)) {
                continue;
            }
            shown.remove(entry.getKey());
            OptionalLong ours =
                    site.applied.vector().equals(at)
                            ? site.effects.digest(entry.getKey())
                            : OptionalLong.empty();
            if (ours.isPresent() && ours.getAsLong() != entry.getValue().digest()) {
                site.effects.digestMismatch(
                        entry.getKey(), at, ours.getAsLong(), entry.getValue().digest());
            }
        }
    }

    /// The freshest of what other members know of an actor, for choosing whom to ask; null when
    /// nobody knows anything.
    @Nullable RegionName freshest(int actor) {
        Peer best = null;
        for (Peer peer : peers.all()) {
            if (peer.isUp
                    && peer.freshAt(actor) != Peer.NEVER
                    && (best == null || peer.freshAt(actor) > best.freshAt(actor))) {
                best = peer;
            }
        }
        return best == null ? null : best.region;
    }
}
