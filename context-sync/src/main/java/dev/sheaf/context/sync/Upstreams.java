package dev.sheaf.context.sync;

import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// From whom this node takes each origin's stream: the origin itself while it answers, else the
/// permitted relay that knows more than this node does, or else the freshest, the nearest of those.
final class Upstreams {
    private static final int ACKNOWLEDGED_WINDOW_PART = 4;
    private static final int IDLE_MARKS_MAX = 4;
    private static final int IDLE_RETRIES_MAX = 5;

    private final Site site;
    private final Peers peers;
    private final Map<Integer, Stream> streams = new HashMap<>();

    Upstreams(Site site, Peers peers) {
        this.site = site;
        this.peers = peers;
    }

    /// One origin's stream as it comes in.
    private static final class Stream {
        final int actor;
        @Nullable Peer upstream;
        long subscription;
        long acknowledged;
        long bytes;
        long progressAt;
        int idleMarks;

        Stream(int actor) {
            this.actor = actor;
        }
    }

    private Stream stream(int actor) {
        return streams.computeIfAbsent(actor, Stream::new);
    }

    /// Whether events under this subscription are what we asked this region for.
    boolean isCurrent(RegionName from, int actor, long subscription) {
        Stream stream = streams.get(actor);
        return stream != null
                && stream.upstream != null
                && stream.upstream.region.equals(from)
                && stream.subscription == subscription;
    }

    /// The region that the actor's stream is taken from now, if any.
    @Nullable RegionName upstreamOf(int actor) {
        Stream stream = streams.get(actor);
        return stream == null || stream.upstream == null ? null : stream.upstream.region;
    }

    void received(int actor, long bytes) {
        Stream stream = stream(actor);
        stream.bytes += bytes;
        stream.progressAt = site.now;
        stream.idleMarks = 0;
    }

    /// A mark came over the link that the events come over, behind all that was sent before it. An
    /// upstream that has shown more for a while and sent nothing has lost the subscription, or what
    /// it was to read: it is asked anew.
    void marked(Peer peer) {
        for (Stream stream : streams.values()) {
            boolean allAcknowledged = stream.acknowledged == site.inbox.tail(stream.actor);
            if (stream.upstream != peer || !hasMore(peer, stream.actor) || !allAcknowledged) {
                continue;
            }
            stream.idleMarks++;
            long idleNanos = site.now - stream.progressAt;
            if (stream.idleMarks >= IDLE_MARKS_MAX
                    && idleNanos > IDLE_RETRIES_MAX * site.config.retryNanos()) {
                take(stream, peer);
            }
        }
    }

    /// More is durable: acknowledge what was taken, when it is much or `always`.
    void acknowledge(boolean always) {
        for (Stream stream : streams.values()) {
            long durable = site.durable.get(stream.actor);
            boolean due =
                    always || stream.bytes >= site.config.windowBytes() / ACKNOWLEDGED_WINDOW_PART;
            if (stream.upstream != null && durable > stream.acknowledged && due) {
                stream.acknowledged = durable;
                stream.bytes = 0;
                site.effects.send(
                        stream.upstream.region,
                        new Message.Acknowledge(stream.actor, stream.subscription, durable));
            }
        }
    }

    /// The link is another now: what was asked for over it is forgotten at the other end.
    void forget(Peer peer) {
        for (Stream stream : streams.values()) {
            if (stream.upstream == peer) {
                stream.upstream = null;
            }
        }
    }

    /// Not from this peer for a while.
    void pause(int actor, Peer peer) {
        peer.pause(actor, site.now + site.config.retryNanos());
        Stream stream = stream(actor);
        if (stream.upstream == peer) {
            drop(stream);
        }
    }

    /// Asks anew for what is missing.
    void restart(int actor) {
        Stream stream = stream(actor);
        Peer upstream = stream.upstream;
        if (upstream != null) {
            take(stream, upstream);
        }
    }

    /// Takes the actor's stream from nobody until the next choice, and forgets what waits of it.
    void leave(int actor) {
        site.inbox.drop(actor);
        drop(stream(actor));
    }

    private void drop(Stream stream) {
        if (stream.upstream instanceof Peer upstream) {
            site.effects.send(
                    upstream.region, new Message.Unsubscribe(stream.actor, stream.subscription));
            stream.upstream = null;
        }
    }

    private void take(Stream stream, Peer peer) {
        stream.upstream = peer;
        stream.subscription = site.nextSerial();
        stream.bytes = 0;
        stream.progressAt = site.now;
        stream.idleMarks = 0;
        // What waits was counted in the window of the subscription before; kept, each change of
        // upstream would let another window wait beside it.
        site.inbox.drop(stream.actor);
        long after = site.inbox.tail(stream.actor);
        stream.acknowledged = site.durable.get(stream.actor);
        site.effects.send(
                peer.region,
                new Message.Subscribe(site.actor, stream.actor, stream.subscription, after));
    }

    /// Chooses an upstream for every origin, and asks where the choice is new.
    void choose() {
        for (Member member : site.membership.counted()) {
            if (member.actor() != site.self && member.standing() == Member.Standing.ACTIVE) {
                choose(stream(member.actor()));
            }
        }
        for (Stream stream : streams.values()) {
            if (stream.upstream != null && !site.membership.isActive(stream.actor)) {
                drop(stream);
            }
        }
    }

    private void choose(Stream stream) {
        Peer chosen = chosen(stream, site.membership.isEnding(stream.actor));
        if (chosen == null) {
            drop(stream);
        } else if (chosen != stream.upstream) {
            drop(stream);
            take(stream, chosen);
        }
    }

    private @Nullable Peer chosen(Stream stream, boolean ending) {
        Peer direct = peers.of(site.regionOf(stream.actor));
        boolean reachable = direct.isUp && !direct.isPaused(stream.actor, site.now);
        if (reachable && !ending && answers(direct)) {
            return direct;
        }
        Peer best = null;
        for (Peer peer : peers.all()) {
            if (peer != direct
                    && mayServe(peer, stream.actor)
                    && (!ending || hasMore(peer, stream.actor))
                    && (best == null || better(peer, best, stream.actor))) {
                best = peer;
            }
        }
        Peer current = stream.upstream;
        boolean keepable =
                current != null
                        && (current == direct
                                ? reachable && !ending
                                : mayServe(current, stream.actor));
        if (keepable && current != null && (best == null || !worthwhile(best, current, stream))) {
            return current;
        }
        return best != null ? best : reachable && !ending ? direct : null;
    }

    private long slackNanos() {
        return 2 * site.config.idleBeatEveryNanos();
    }

    private boolean answers(Peer direct) {
        long last = Math.max(direct.answeredAt, direct.upAt);
        return last != Peer.NEVER && site.now - last < slackNanos() + site.config.retryNanos();
    }

    private boolean mayServe(Peer peer, int actor) {
        Member member = site.activeMember(peer.region);
        return peer.isUp
                && !peer.isPaused(actor, site.now)
                && member != null
                && !(site.membership.isEnding(actor) && site.membership.isEnding(member.actor()))
                && site.relays.mayRelay(peer.region, site.actor.region());
    }

    private boolean hasMore(Peer peer, int actor) {
        return peer.vector.get(actor) > site.inbox.tail(actor);
    }

    private boolean better(Peer peer, Peer than, int actor) {
        if (hasMore(peer, actor) != hasMore(than, actor)) {
            return hasMore(peer, actor);
        }
        long fresher = difference(peer.freshAt(actor), than.freshAt(actor));
        if (Math.abs(fresher) > slackNanos()) {
            return fresher > 0;
        }
        return peer.roundTripNanos < than.roundTripNanos;
    }

    private static long difference(long left, long right) {
        if (left == Peer.NEVER || right == Peer.NEVER) {
            return left == right ? 0 : left == Peer.NEVER ? Peer.NEVER / 2 : Long.MAX_VALUE / 2;
        }
        return left - right;
    }

    /// Whether another upstream is so much better than the present one that it pays to change.
    private boolean worthwhile(Peer best, Peer current, Stream stream) {
        int actor = stream.actor;
        if (best == current) {
            return false;
        }
        boolean idles = !hasMore(current, actor) && site.now - stream.progressAt > slackNanos();
        if (idles && hasMore(best, actor)) {
            return true;
        }
        return difference(best.freshAt(actor), current.freshAt(actor)) > slackNanos();
    }
}
