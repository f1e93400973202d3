package dev.sheaf.context.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.reference.ReferenceSequence;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A replica of a list under test: the fast sequence and the reference, always given the same.
final class Replica {
    /// A change as it travels. Its dots are `sequence` to `sequence + width - 1`.
    record Change(int actor, long sequence, int width, VersionVector context, Kind kind) {
        long dot() {
            return Dot.of(actor, sequence);
        }
    }

    sealed interface Kind {}

    record Insert(long left, long right, List<Integer> values) implements Kind {}

    record Delete(List<Op.Run> runs) implements Kind {}

    record Move(long element, long left, long right, long hlc) implements Kind {}

    static final ValueCodec<Integer> INTEGERS =
            new ValueCodec<>() {
                @Override
                public void encode(ByteWriter out, Integer value) {
                    byte[] digits = Integer.toString(value).getBytes(StandardCharsets.US_ASCII);
                    out.raw(digits, 0, digits.length);
                }

                @Override
                public Integer decode(byte[] bytes) {
                    try {
                        return Integer.valueOf(new String(bytes, StandardCharsets.US_ASCII));
                    } catch (NumberFormatException e) {
                        throw new Problem(ProblemCode.UNREADABLE_INPUT, "no number", e);
                    }
                }
            };

    static byte[] encoded(ValueSequence<Integer> sequence) {
        ByteWriter out = new ByteWriter();
        sequence.encode(out, INTEGERS, number -> number);
        return out.toByteArray();
    }

    final int actor;
    private final ActorTable actors;
    ValueSequence<Integer> fast;
    final ReferenceSequence<Integer> reference;
    VersionVector applied = VersionVector.EMPTY;
    final List<Change> log = new ArrayList<>();
    private final Random random;

    /// Above this size mostly deletes are made, so that all happens in one place.
    int sizeMax = Integer.MAX_VALUE;

    Replica(int actor, ActorTable actors, Random random) {
        this.actor = actor;
        this.actors = actors;
        this.fast = new ValueSequence<>(actors);
        this.reference = new ReferenceSequence<>(actors);
        this.random = random;
    }

    /// Makes a random local change.
    Change write(int step) {
        int choice = random.nextInt(10);
        boolean crowded = fast.size() > sizeMax && random.nextInt(3) > 0;
        if (fast.size() == 0 || choice < 5 && !crowded) {
            return insert(insertionPoint(), 1 + random.nextInt(random.nextBoolean() ? 1 : 5));
        }
        if (choice < 8 || crowded) {
            int index = random.nextInt(fast.size());
            int count = 1 + random.nextInt(Math.min(4, fast.size() - index));
            return delete(index, count);
        }
        return move(random.nextInt(fast.size()), insertionPoint(), step);
    }

    /// Half of the time near one place, so that replicas meet there.
    private int insertionPoint() {
        int size = fast.size();
        return random.nextBoolean() ? random.nextInt(size + 1) : Math.min(size, 3);
    }

    Change insert(int index, int count) {
        Origins origins = fast.originsAt(index);
        long sequence = applied.get(actor) + 1;
        List<Integer> values = new ArrayList<>();
        for (int value = 0; value < count; value++) {
            values.add((int) (actor * 100_000 + sequence + value));
        }
        return made(count, new Insert(origins.left(), origins.right(), values));
    }

    Change delete(int index, int count) {
        return made(1, new Delete(fast.runsAt(index, count)));
    }

    Change move(int from, int to, int step) {
        Origins origins = fast.originsAt(to);
        long hlc = Hlc.of(step / 3, 0);
        return made(1, new Move(fast.dotAt(from), origins.left(), origins.right(), hlc));
    }

    private Change made(int width, Kind kind) {
        Change change = new Change(actor, applied.get(actor) + 1, width, applied, kind);
        receive(change);
        return change;
    }

    boolean isReady(Change change) {
        return applied.covers(change.context()) && !hasApplied(change);
    }

    boolean hasApplied(Change change) {
        return applied.covers(change.dot());
    }

    void receive(Change change) {
        applyFast(change);
        applyReference(change);
        remember(change);
    }

    void remember(Change change) {
        applied = applied.with(change.actor(), change.sequence() + change.width() - 1);
        log.add(change);
    }

    void applyFast(Change change) {
        switch (change.kind()) {
            case Insert insert ->
                    fast.insert(change.dot(), insert.left(), insert.right(), insert.values());
            case Delete delete ->
                    delete.runs()
                            .forEach(run -> fast.delete(run.firstDot(), run.count(), change.dot()));
            case Move move ->
                    fast.move(change.dot(), move.element(), move.left(), move.right(), move.hlc());
        }
    }

    void applyReference(Change change) {
        switch (change.kind()) {
            case Insert insert ->
                    reference.insert(change.dot(), insert.left(), insert.right(), insert.values());
            case Delete delete ->
                    delete.runs()
                            .forEach(run -> {
                                for (int at = 0; at < run.count(); at++) {
                                    reference.delete(run.firstDot() + at);
                                }
                            });
            case Move move ->
                    reference.move(
                            change.dot(), move.element(), move.left(), move.right(), move.hlc());
        }
    }

    /// The fast sequence is stored and read again, by way of other actor numbers.
    void store() {
        fast = read(written(fast));
        assertArrayEquals(written(fast), written(read(written(fast))));
    }

    private byte[] written(ValueSequence<Integer> sequence) {
        ByteWriter out = new ByteWriter();
        sequence.encode(out, INTEGERS, number -> 1_000 - number);
        return out.toByteArray();
    }

    private ValueSequence<Integer> read(byte[] bytes) {
        return ValueSequence.decode(bytes, INTEGERS, actors, number -> 1_000 - number);
    }

    void fork() {
        fast = fast.copy();
    }

    List<Long> fastDots() {
        List<Long> dots = new ArrayList<>();
        fast.forEach((dot, _) -> dots.add(dot));
        return dots;
    }
}
