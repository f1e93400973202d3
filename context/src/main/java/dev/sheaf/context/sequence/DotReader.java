package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;
import dev.sheaf.context.codec.ByteReader;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// Reads what [DotWriter] wrote.
final class DotReader {
    private final int[] actors;
    private final long[] lasts;
    private ByteReader reader;

    private DotReader(int[] actors, ByteReader reader) {
        this.actors = actors;
        this.lasts = new long[actors.length];
        this.reader = reader;
    }

    static DotReader ofTable(ByteReader reader, IntUnaryOperator actorIn, int actorsMax) {
        int[] actors = new int[reader.size(Math.min(actorsMax, reader.remaining()))];
        Set<Integer> seen = new HashSet<>();
        for (int number = 0; number < actors.length; number++) {
            int actor = actorIn.applyAsInt(reader.size(Integer.MAX_VALUE));
            if (actor < 0 || actor >= actorsMax || !seen.add(actor)) {
                throw reader.unreadable("actor number " + actor + " is impossible or there twice");
            }
            actors[number] = actor;
        }
        return new DotReader(actors, reader);
    }

    /// Where dots are read from next.
    void from(ByteReader source) {
        reader = source;
    }

    long read() {
        long dot = readOrZero();
        if (dot == 0) {
            throw reader.unreadable("an element without a dot");
        }
        return dot;
    }

    long readOrZero() {
        int number = reader.size(actors.length) - 1;
        if (number < 0) {
            return 0;
        }
        long sequence = lasts[number] + reader.svarint();
        if (sequence < 1 || sequence > Dot.SEQUENCE_MAX) {
            throw reader.unreadable("element number " + sequence + " is impossible");
        }
        lasts[number] = sequence;
        return Dot.of(actors[number], sequence);
    }
}
