package dev.sheaf.context.sync;

import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What is known of another region: whether its link is up, and what it said in answer to beats.
final class Peer {
    /// A time before all times.
    static final long NEVER = Long.MIN_VALUE;

    private static final int BEATS_MAX = 32;

    final RegionName region;
    boolean isUp;
    long upAt = NEVER;
    long roundTripNanos = Long.MAX_VALUE;
    long beatAt = NEVER;
    long answeredAt = NEVER;
    VersionVector vector = VersionVector.EMPTY;
    private long[] freshAt = new long[0];
    private final Map<Integer, Long> pausedUntil = new HashMap<>();
    private final long[] beatNumbers = new long[BEATS_MAX];
    private final long[] beatTimes = new long[BEATS_MAX];
    private int beats;

    Peer(RegionName region) {
        this.region = region;
    }

    void beat(long number, long now) {
        beatNumbers[beats % BEATS_MAX] = number;
        beatTimes[beats % BEATS_MAX] = now;
        beats++;
        beatAt = now;
    }

    /// When the beat of this number was sent, or [#NEVER] when it is not one of the last.
    long beatTime(long number) {
        for (int i = 0; i < Math.min(beats, BEATS_MAX); i++) {
            if (beatNumbers[i] == number) {
                return beatTimes[i];
            }
        }
        return NEVER;
    }

    /// Our time up to which the peer knew all of the actor's writes, as far as we were told.
    long freshAt(int actor) {
        return actor < freshAt.length ? freshAt[actor] : NEVER;
    }

    void fresh(int actor, long at) {
        if (actor >= freshAt.length) {
            int length = freshAt.length;
            freshAt = Arrays.copyOf(freshAt, actor + 1);
            Arrays.fill(freshAt, length, actor + 1, NEVER);
        }
        freshAt[actor] = Math.max(freshAt[actor], at);
    }

    void pause(int actor, long until) {
        pausedUntil.put(actor, until);
    }

    boolean isPaused(int actor, long now) {
        return !pausedUntil.isEmpty() && pausedUntil.getOrDefault(actor, NEVER) > now;
    }
}
