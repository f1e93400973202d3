package dev.sheaf.context;

import java.util.Arrays;

/// For each actor, the highest sequence number up to which everything is there. Immutable. Indexed
/// by the node's [ActorTable]; an actor that is not named stands at zero.
public final class VersionVector {
    public static final VersionVector EMPTY = new VersionVector(new long[0]);

    private final long[] sequences;

    private VersionVector(long[] sequences) {
        this.sequences = sequences;
    }

    /// @param sequences by actor index; copied
    public static VersionVector of(long... sequences) {
        int length = sequences.length;
        while (length > 0 && sequences[length - 1] == 0) {
            length--;
        }
        return length == 0 ? EMPTY : new VersionVector(Arrays.copyOf(sequences, length));
    }

    public long get(int actor) {
        return actor < sequences.length ? sequences[actor] : 0;
    }

    /// One more than the highest actor index that may be above zero.
    public int width() {
        return sequences.length;
    }

    /// Whether the write with this dot is covered. [Dot#STABLE] always is.
    public boolean covers(long dot) {
        return Dot.sequence(dot) <= get(Dot.actor(dot));
    }

    /// Whether everything that `other` covers is covered.
    public boolean covers(VersionVector other) {
        for (int actor = 0; actor < other.sequences.length; actor++) {
            if (other.sequences[actor] > get(actor)) {
                return false;
            }
        }
        return true;
    }

    /// This vector with one entry replaced, also by a lower number.
    public VersionVector with(int actor, long sequence) {
        if (get(actor) == sequence) {
            return this;
        }
        long[] changed = Arrays.copyOf(sequences, Math.max(sequences.length, actor + 1));
        changed[actor] = sequence;
        return of(changed);
    }

    /// The least vector that covers both.
    public VersionVector max(VersionVector other) {
        if (covers(other)) {
            return this;
        }
        long[] joined =
                Arrays.copyOf(sequences, Math.max(sequences.length, other.sequences.length));
        for (int actor = 0; actor < other.sequences.length; actor++) {
            joined[actor] = Math.max(joined[actor], other.sequences[actor]);
        }
        return of(joined);
    }

    /// The greatest vector that both cover.
    public VersionVector min(VersionVector other) {
        long[] met = new long[Math.min(sequences.length, other.sequences.length)];
        for (int actor = 0; actor < met.length; actor++) {
            met[actor] = Math.min(sequences[actor], other.sequences[actor]);
        }
        return of(met);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector vector && Arrays.equals(sequences, vector.sequences);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sequences);
    }

    @Override
    public String toString() {
        return Arrays.toString(sequences);
    }
}
