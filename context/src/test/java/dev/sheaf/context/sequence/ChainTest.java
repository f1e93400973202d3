package dev.sheaf.context.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/// A list that is only appended to answers as the same list in runs does.
class ChainTest {
    private final ActorTable actors = new ActorTable();
    private final int actor = actors.indexOf(ActorId.parse("aws/a#1"));
    private final int other = actors.indexOf(ActorId.parse("aws/b#1"));

    private ValueSequence<Integer> appended(Random random, int runs) {
        ValueSequence<Integer> list = new ValueSequence<>(actors);
        long sequence = 1 + random.nextInt(5);
        long last = 0;
        for (int run = 0; run < runs; run++) {
            int count = 1 + random.nextInt(4);
            List<Integer> values = random.ints(count, 0, 1_000).boxed().toList();
            list.insert(Dot.of(actor, sequence), last, 0, values);
            last = Dot.of(actor, sequence + count - 1);
            sequence += count + (random.nextBoolean() ? 0 : random.nextInt(1_000));
        }
        return list;
    }

    /// The same list after something that no chain can hold came and went.
    private ValueSequence<Integer> inRuns(ValueSequence<Integer> chain) {
        ValueSequence<Integer> runs = chain.copy();
        runs.insertValue(Dot.of(other, 1), 0, runs.dotAt(0), -1);
        runs.delete(Dot.of(other, 1), 1, Dot.of(other, 2));
        return runs;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void answersAsRunsDo(long seed) {
        Random random = new Random(seed);
        ValueSequence<Integer> chain = appended(random, 1 + random.nextInt(60));
        ValueSequence<Integer> runs = inRuns(chain);
        String message = "seed " + seed;
        assertEquals(runs.size(), chain.size(), message);
        assertEquals(runs.values(), chain.values(), message);
        int size = chain.size();
        for (int index = 0; index < size; index++) {
            long dot = chain.dotAt(index);
            assertEquals(runs.dotAt(index), dot, message);
            assertEquals(index, chain.indexOf(dot), message);
            assertEquals(runs.valueAt(index), chain.valueAt(index), message);
            assertEquals(runs.get(dot), chain.get(dot), message);
            assertEquals(runs.leftOf(dot), chain.leftOf(dot), message);
            assertEquals(runs.isFollower(dot), chain.isFollower(dot), message);
            assertEquals(runs.isAlive(dot), chain.isAlive(dot), message);
            assertEquals(runs.indexOf(dot + 1), chain.indexOf(dot + 1), message);
            assertEquals(runs.get(dot + 1), chain.get(dot + 1), message);
            List<Op.Run> tail = chain.runsAt(index, size - index);
            assertEquals(runs.runsAt(index, size - index), tail, message);
        }
        assertEquals(runs.originsAt(size), chain.originsAt(size), message);
        assertEquals(-1, chain.indexOf(Dot.of(other, 1)), message);
        assertEquals(List.of(), chain.delete(Dot.of(other, 1), 3, Dot.of(other, 9)), message);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void bytesBringBackAChainThatGoesOn(long seed) {
        Random random = new Random(seed);
        ValueSequence<Integer> chain = appended(random, 40);
        chain.strip(VersionVector.of(3), VersionVector.of(2));
        byte[] bytes = Replica.encoded(chain);
        ValueSequence<Integer> again =
                ValueSequence.decode(bytes, Replica.INTEGERS, actors, index -> index);
        assertArrayEquals(bytes, Replica.encoded(again), "seed " + seed);
        assertEquals(chain.values(), again.values());
        long last = again.dotAt(again.size() - 1);
        again.insertValue(last + 7, last, 0, 42);
        assertEquals(again.size() - 1, again.indexOf(last + 7));
        assertEquals(chain.size() + 1, again.size());
    }

    @Test
    void takesFarLessThanRuns() {
        ValueSequence<Integer> chain = new ValueSequence<>(actors);
        long last = 0;
        for (int count = 0; count < 100; count++) {
            long dot = Dot.of(actor, 1 + 1_000L * count);
            chain.insertValue(dot, last, 0, count);
            last = dot;
        }
        assertEquals(100 * 72 + 72, inRuns(chain).orderBytes());
        assertTrue(chain.orderBytes() <= 8 + 150 * 4);
    }

    @Test
    void becomesAChainAgainWhenJoinedWithWhatContinuesIt() {
        ValueSequence<Integer> longer = appended(new Random(5), 30);
        ValueSequence<Integer> shorter = new ValueSequence<>(actors);
        long bytes = longer.orderBytes();
        long first = longer.dotAt(0);
        shorter.insertValue(first, 0, 0, longer.valueAt(0));
        shorter.join(longer, VersionVector.of(Dot.sequence(first)), VersionVector.of(1_000_000));
        assertEquals(longer.values(), shorter.values());
        assertEquals(bytes, shorter.orderBytes(), 4.0 * longer.size(), "in runs it was more");
    }

    @Test
    void whatWasForgottenStaysAway() {
        ValueSequence<Integer> chain = new ValueSequence<>(actors);
        chain.strip(VersionVector.of(9), VersionVector.of(9));
        chain.insertValue(Dot.of(actor, 9), 0, 0, 1);
        assertEquals(0, chain.size());
        chain.insertValue(Dot.of(actor, 10), 0, 0, 2);
        assertEquals(List.of(2), chain.values());
    }

    @Test
    void refusesNeighboursThatWereNeverHere() {
        ValueSequence<Integer> chain = appended(new Random(1), 5);
        List<Integer> before = chain.values();
        assertThrows(
                Problem.class, () -> chain.insertValue(Dot.of(other, 1), Dot.of(other, 77), 0, 1));
        assertThrows(Problem.class, () -> chain.leftOf(Dot.of(other, 77)));
        assertThrows(
                Problem.class, () -> chain.insertValue(0, chain.dotAt(before.size() - 1), 0, 1));
        assertEquals(before, chain.values());
    }
}
