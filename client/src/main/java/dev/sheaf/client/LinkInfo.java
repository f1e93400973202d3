package dev.sheaf.client;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How a node stands with another region.
///
/// @param state `up`, `down`, `cut` or `evicted`
/// @param stalenessMs how old the knowledge of that region's writes can be; empty when it was never
///   heard of
/// @param via the region from which its events are taken
/// @param savedBytes against the JSON form of the events sent
/// @param held what is not exchanged with the region because policies deny it
/// @param digests `equal`, `differ` or `unknown`
public record LinkInfo(
        String region,
        String state,
        OptionalLong stalenessMs,
        OptionalDouble roundTripMs,
        String via,
        long eventsIn,
        long eventsOut,
        long bytesIn,
        long bytesOut,
        long framesOut,
        long savedBytes,
        long queuedBytes,
        String digests,
        List<Held> held) {
    public LinkInfo {
        held = List.copyOf(held);
    }

    /// A residency scope that is held back.
    ///
    /// @param scope its name
    /// @param reasons of the policies, each with the context type
    public record Held(String scope, List<String> reasons) {
        public Held {
            reasons = List.copyOf(reasons);
        }
    }
}
