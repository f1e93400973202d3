package dev.sheaf.context.runtime;

import dev.sheaf.kernel.RegionName;

import java.time.Duration;

/// What came from another region for one shard of a scope, when that has ended.
///
/// @param scope of residency
/// @param items events, or parts of the state
/// @param bytes about so many, unpacked
/// @param isWhole whether this node has all now; false when the link ended before
public record Transfer(
        Kind kind,
        RegionName from,
        String scope,
        int shard,
        long items,
        long bytes,
        Duration took,
        boolean isWhole) {
    /// Why it came.
    public enum Kind {
        /// Events from when a link came up until this node had all that the region said it has. A
        /// link that brings none is no transfer.
        CATCH_UP,
        /// The state of a shard that this region has joined, or has lost.
        STATE
    }
}
