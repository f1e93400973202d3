package dev.sheaf.context.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How this node stands with another region.
///
/// @param state `up`, `down`, `cut` (by fault injection) or `evicted`
/// @param staleness how old the knowledge of that region's writes can be; empty when never heard of
/// @param via the region from which its events are taken, itself when the link is up
/// @param digests `equal`, `differ` or `unknown`: the last comparison of states at an equal vector
/// @param framesOut those that carried events
/// @param held scopes of which nothing is exchanged with the region, with why
/// @param savedBytes against the JSON form of the events sent
public record LinkStatus(
        String region,
        String state,
        Optional<Duration> staleness,
        Optional<Duration> roundTrip,
        String via,
        long eventsIn,
        long eventsOut,
        long bytesIn,
        long bytesOut,
        long framesOut,
        long savedBytes,
        long queuedBytes,
        String digests,
        List<HeldScope> held) {
    public LinkStatus {
        held = List.copyOf(held);
    }
}
