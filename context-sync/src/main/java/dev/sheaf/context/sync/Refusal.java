package dev.sheaf.context.sync;

/// Why something that a peer sent was not taken. Nothing of the message was applied.
public enum Refusal {
    /// An event's clock is further ahead of ours than the bound. The one stream pauses, and is
    /// asked for again; the link stays.
    CLOCK_AHEAD,
    /// Events of an actor that is not a member, or other than the one the subscription is for.
    FORGED_ORIGIN,
    /// A sequence number or width out of range, not in order within the message, or a context that
    /// contradicts it.
    FORGED_SEQUENCE,
    /// Sequence numbers that were used before, otherwise.
    STREAM_DIVERGED,
    /// A change of members that cannot be read, or that its sender may not make.
    FORGED_MEMBERS;

    /// Whether the link must be closed: the peer broke the protocol, or is not who it seems.
    public boolean closesLink() {
        return switch (this) {
            case CLOCK_AHEAD -> false;
            case FORGED_ORIGIN, FORGED_SEQUENCE, STREAM_DIVERGED, FORGED_MEMBERS -> true;
        };
    }
}
