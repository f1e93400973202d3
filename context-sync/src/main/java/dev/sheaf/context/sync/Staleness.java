package dev.sheaf.context.sync;

import dev.sheaf.kernel.RegionName;

import java.util.List;

/// How old a group's knowledge of each other member can be at most: all that the member had
/// acknowledged before that long ago is here. Never less than the truth.
public record Staleness(List<Origin> origins) {
    /// Nothing is known of the origin since this node started.
    public static final long UNKNOWN = Long.MAX_VALUE;

    public Staleness {
        origins = List.copyOf(origins);
    }

    /// @param nanos or [#UNKNOWN]
    public record Origin(RegionName region, long nanos) {}

    /// The greatest of all; 0 when there is no other member.
    public long nanosMax() {
        long max = 0;
        for (Origin origin : origins) {
            max = Math.max(max, origin.nanos());
        }
        return max;
    }
}
