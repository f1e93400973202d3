package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;
import dev.sheaf.context.codec.ByteWriter;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Writes dots as the actor's number in a table and the distance from the last dot of that actor.
final class DotWriter {
    private final ByteWriter writer;
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private long[] lasts = new long[4];
    private int[] actors = new int[4];
    private int lastActor = -1;
    private int lastNumber;

    DotWriter(ByteWriter writer) {
        this.writer = writer;
    }

    void write(long dot) {
        int number = numberOf(Dot.actor(dot));
        writer.varint(number + 1L);
        writer.svarint(Dot.sequence(dot) - lasts[number]);
        lasts[number] = Dot.sequence(dot);
    }

    /// A dot or 0.
    void writeOrZero(long dot) {
        if (dot == 0) {
            writer.varint(0);
        } else {
            write(dot);
        }
    }

    private int numberOf(int actor) {
        if (actor == lastActor) {
            return lastNumber;
        }
        Integer known = numbers.get(actor);
        int number = known == null ? numbers.size() : known;
        if (known == null) {
            numbers.put(actor, number);
            if (number == actors.length) {
                actors = Arrays.copyOf(actors, number * 2);
                lasts = Arrays.copyOf(lasts, number * 2);
            }
            actors[number] = actor;
        }
        lastActor = actor;
        lastNumber = number;
        return number;
    }

    void writeTable(ByteWriter target, IntUnaryOperator actorOut) {
        target.varint(numbers.size());
        for (int number = 0; number < numbers.size(); number++) {
            target.varint(actorOut.applyAsInt(actors[number]));
        }
    }
}
