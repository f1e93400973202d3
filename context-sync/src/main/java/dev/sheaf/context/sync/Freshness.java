package dev.sheaf.context.sync;

import java.util.Arrays;

/// How old the knowledge of each origin is. A mark says: *up to this sequence number the origin's
/// stream holds all that it acknowledged before that time of ours*; once so much is applied, the
/// time counts. All times are this node's own monotonic clock.
final class Freshness {
    private static final int WAITING_MAX = 8;
    private static final long MILLION = 1_000_000;

    private final Site site;
    private final long startedAt;
    private Origin[] origins = new Origin[0];

    Freshness(Site site) {
        this.site = site;
        this.startedAt = site.now;
    }

    private static final class Origin {
        long freshAt = Peer.NEVER;
        long heardAt = Peer.NEVER;
        final long[] sequences = new long[WAITING_MAX];
        final long[] times = new long[WAITING_MAX];
        int waiting;
    }

    private Origin origin(int actor) {
        if (actor >= origins.length) {
            int length = origins.length;
            origins = Arrays.copyOf(origins, actor + 1);
            for (int i = length; i <= actor; i++) {
                origins[i] = new Origin();
            }
        }
        return origins[actor];
    }

    /// Everything that the origin had acknowledged before `time` is in its stream up to `sequence`.
    void offer(int actor, long sequence, long time) {
        Origin origin = origin(actor);
        origin.heardAt = Math.max(origin.heardAt, time);
        if (time <= origin.freshAt) {
            return;
        }
        if (site.applied.get(actor) >= sequence) {
            origin.freshAt = time;
        } else if (origin.waiting < WAITING_MAX) {
            origin.sequences[origin.waiting] = sequence;
            origin.times[origin.waiting++] = time;
        } else {
            // The oldest must stay, or a stream that always lags would never look fresher.
            origin.sequences[WAITING_MAX - 1] = sequence;
            origin.times[WAITING_MAX - 1] = time;
        }
    }

    /// More of the origin's stream was applied.
    void advanced(int actor) {
        if (actor >= origins.length || origins[actor].waiting == 0) {
            return;
        }
        Origin origin = origins[actor];
        long applied = site.applied.get(actor);
        int kept = 0;
        for (int i = 0; i < origin.waiting; i++) {
            if (origin.sequences[i] <= applied) {
                origin.freshAt = Math.max(origin.freshAt, origin.times[i]);
            } else {
                origin.sequences[kept] = origin.sequences[i];
                origin.times[kept++] = origin.times[i];
            }
        }
        origin.waiting = kept;
    }

    long freshAt(int actor) {
        return actor < origins.length ? origins[actor].freshAt : Peer.NEVER;
    }

    void heard(int actor, long time) {
        Origin origin = origin(actor);
        origin.heardAt = Math.max(origin.heardAt, time);
    }

    /// When the actor was last heard of, directly or through others; the start of this replica at
    /// the earliest.
    long heardAt(int actor) {
        long heard = actor < origins.length ? origins[actor].heardAt : Peer.NEVER;
        return Math.max(heard, startedAt);
    }

    /// How old the knowledge of the origin is at most, or [Staleness#UNKNOWN].
    long staleness(int actor, long now) {
        long freshAt = freshAt(actor);
        if (freshAt == Peer.NEVER) {
            return Staleness.UNKNOWN;
        }
        return raised(Math.max(0, now - freshAt));
    }

    /// A duration of this clock, raised by what another may have counted more in the same time.
    private long raised(long nanos) {
        long drift = nanos / MILLION * site.config.driftMaxPartsPerMillion();
        return nanos + drift + site.config.driftMaxPartsPerMillion();
    }
}
