package dev.sheaf.testkit;

/// What must hold after every step of a simulation, or at its end.
public enum Invariant {
    /// An acknowledged write is never lost.
    NOTHING_ACKNOWLEDGED_IS_LOST,
    /// The same vector shows the same documents.
    CONVERGENCE,
    /// No event of a scope at a region outside it, and no field at a region that may not see it.
    RESIDENCY,
    /// Staleness is never under-reported.
    STALENESS,
    /// Nothing comes back that was concurrent with an erasure.
    NO_RESURRECTION,
    /// Streams have no holes, no number stands for two events, and what is not durable is not sent.
    STREAMS,
    /// No effect before its cause.
    CAUSALITY,
    /// What waits in memory stays within its bounds.
    MEMORY,
    /// When all faults are healed, everything comes together in bounded time.
    LIVENESS,
    /// Nothing throws.
    NO_FAULT
}
