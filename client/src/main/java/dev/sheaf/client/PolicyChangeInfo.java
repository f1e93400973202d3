package dev.sheaf.client;

import java.time.Instant;

/// One line of the history of policies.
///
/// @param revision that was in force from then on
/// @param by who asked for it; empty when it was the node itself
public record PolicyChangeInfo(
        Kind kind, long revision, String digest, String by, Instant at, String reason) {
    /// How it came into force.
    public enum Kind {
        /// The standard pack, at the first start.
        BEGAN,
        APPLIED,
        ROLLED_BACK,
        /// The change before was cut off by a crash; this one stayed.
        KEPT
    }
}
