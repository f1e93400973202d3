package dev.sheaf.node.membership;

import dev.sheaf.kernel.RegionName;

import java.time.Instant;
import java.util.Optional;

/// A region of the mesh as it stands here.
///
/// @param authority the fingerprint of its authority's key; empty for one that only the
///   configuration names
/// @param since when it was admitted, left or was evicted; empty as above
public record Member(
        RegionName region,
        String authority,
        State state,
        MemberAddress address,
        Optional<Instant> since) {
    /// How it stands.
    public enum State {
        ACTIVE,
        LEFT,
        EVICTED
    }
}
