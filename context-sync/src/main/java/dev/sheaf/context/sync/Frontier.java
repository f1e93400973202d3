package dev.sheaf.context.sync;

import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;

import java.util.Arrays;

/// A version vector that moves: cheap to raise, and read as a value when one is needed.
final class Frontier {
    private long[] sequences = new long[0];
    private VersionVector vector;
    private boolean current = true;

    Frontier(VersionVector vector) {
        this.vector = vector;
        set(vector);
    }

    void set(VersionVector to) {
        sequences = new long[to.width()];
        for (int actor = 0; actor < sequences.length; actor++) {
            sequences[actor] = to.get(actor);
        }
        vector = to;
        current = true;
    }

    long get(int actor) {
        return actor < sequences.length ? sequences[actor] : 0;
    }

    void set(int actor, long sequence) {
        if (actor >= sequences.length) {
            sequences = Arrays.copyOf(sequences, actor + 1);
        }
        sequences[actor] = sequence;
        current = false;
    }

    boolean covers(VersionVector other) {
        for (int actor = 0; actor < other.width(); actor++) {
            if (other.get(actor) > get(actor)) {
                return false;
            }
        }
        return true;
    }

    boolean covers(long dot) {
        return Dot.sequence(dot) <= get(Dot.actor(dot));
    }

    VersionVector vector() {
        if (!current) {
            vector = VersionVector.of(sequences);
            current = true;
        }
        return vector;
    }
}
