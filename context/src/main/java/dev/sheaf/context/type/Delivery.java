package dev.sheaf.context.type;

import dev.sheaf.context.Lane;

import java.time.Duration;
import java.util.Optional;

/// How a type's events travel and how long its documents live.
///
/// @param staleness the class that reads may count on, and the lane events take
/// @param ttl how long a document lives after its last write; empty for ever
/// @param audited whether every write is kept, so that windows do not coalesce
public record Delivery(
        Lane staleness, Optional<Duration> ttl, boolean audited, Acknowledge acknowledge) {
    /// When a write is acknowledged.
    public enum Acknowledge {
        /// Once it is on disk.
        SYNCED,
        /// Once it is in memory: a crash may lose it.
        RECEIVED
    }
}
