package dev.sheaf.context;

/// A dot, `(actor, sequence)`, packed into a long: the identity of a write and of a list element.
/// The actor is an index of this node's [ActorTable]. Zero is no dot: a value so old that every
/// member has it.
public final class Dot {
    /// What stands where a value's dot was stripped because all members have it.
    public static final long STABLE = 0;

    /// Sequence numbers end here, at 2^48 - 1: a million a second for nine years.
    public static final long SEQUENCE_MAX = (1L << 48) - 1;

    private Dot() {}

    /// @param actor index in the node's table
    /// @param sequence 1 to [#SEQUENCE_MAX]
    public static long of(int actor, long sequence) {
        return (long) actor << 48 | sequence;
    }

    public static int actor(long dot) {
        return (int) (dot >>> 48);
    }

    public static long sequence(long dot) {
        return dot & SEQUENCE_MAX;
    }

    /// For people: `region#epoch:sequence`.
    public static String text(long dot, ActorTable actors) {
        return dot == STABLE ? "stable" : actors.actor(actor(dot)) + ":" + sequence(dot);
    }
}
