package dev.sheaf.testkit;

/// A fault built into the simulated nodes on purpose, to show that the simulation finds it. None of
/// them is in the code that is shipped: each is a part of the simulated surroundings that does its
/// duty wrongly.
public enum DeliberateBug {
    NONE,
    /// Documents forget their fences, so that writes concurrent with an erasure come back.
    SKIP_FENCE,
    /// A write is acknowledged when it is written, before it is synced.
    ACKNOWLEDGE_BEFORE_SYNC,
    /// Now and then a frame is lost, and the receiver takes what follows as if nothing were
    /// missing.
    APPLY_BEYOND_HOLE,
    /// A region that comes back after its eviction keeps what it had beside the state it is sent.
    RESURRECT_AFTER_EVICTION,
    /// What is passed on for another origin is not redacted for the receiver.
    LEAK_ON_RELAY,
    /// Staleness is the difference of two regions' wall clocks.
    TRUST_WALL_CLOCK,
    /// Events are sent when they are written, before they are synced.
    SEND_BEFORE_DURABLE,
    /// Dots are stripped and fences dropped as soon as this node has them, whoever else has not.
    STRIP_TOO_EARLY,
    /// After an eviction events are written again with the context that they had at first, although
    /// the dots of what they are concurrent with may be gone.
    REISSUE_OLD_CONTEXT,
    /// A region that may not see a field serves others as a relay all the same.
    RELAY_REDACTED
}
