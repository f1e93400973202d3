package dev.sheaf.context.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.reference.ReferenceSequence;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What a list promises, said one by one.
class SequenceLawsTest {
    private final ActorTable actors = new ActorTable();
    private final int east = actor("aws/us-east-1");
    private final int west = actor("gcp/us-west1");

    private int actor(String region) {
        return actors.indexOf(new ActorId(RegionName.parse(region), 1));
    }

    private TextSequence text(String content) {
        TextSequence text = new TextSequence(actors);
        text.insert(Dot.of(east, 1), 0, 0, content);
        return text;
    }

    @Property(tries = 100)
    void runsTypedAtOnceInEitherDirectionNeverInterleave(
            @ForAll boolean eastForward,
            @ForAll boolean westForward,
            @ForAll @IntRange(min = 0, max = 4) int index) {
        List<TextSequence> replicas = List.of(text("....").copy(), text("....").copy());
        List<Runnable> toWest = new ArrayList<>();
        List<Runnable> toEast = new ArrayList<>();
        type(replicas.get(0), replicas.get(1), east, "abcdef", eastForward, index, toWest);
        type(replicas.get(1), replicas.get(0), west, "uvwxyz", westForward, index, toEast);
        toWest.forEach(Runnable::run);
        toEast.forEach(Runnable::run);
        String merged = replicas.get(0).text();
        assertEquals(merged, replicas.get(1).text());
        assertTrue(merged.contains(eastForward ? "abcdef" : "fedcba"), merged);
        assertTrue(merged.contains(westForward ? "uvwxyz" : "zyxwvu"), merged);
    }

    private static void type(
            TextSequence own,
            TextSequence other,
            int actor,
            String letters,
            boolean forward,
            int index,
            List<Runnable> sent) {
        for (int at = 0; at < letters.length(); at++) {
            Origins origins = own.originsAt(forward ? index + at : index);
            long dot = Dot.of(actor, 100 + at);
            String letter = letters.substring(at, at + 1);
            own.insert(dot, origins.left(), origins.right(), letter);
            sent.add(() -> other.insert(dot, origins.left(), origins.right(), letter));
        }
    }

    /// Whatever two positions in order a peer names, replicas agree, in any order of arrival.
    @Property(tries = 300)
    void replicasAgreeOnInsertsBetweenAnyTwoPositions(@ForAll long seed) {
        Random random = new Random(seed);
        List<Long> dots = new ArrayList<>(List.of(0L));
        List<long[]> inserts = new ArrayList<>();
        ReferenceSequence<Integer> reference = new ReferenceSequence<>(actors);
        for (int number = 1; number <= 40; number++) {
            List<Long> positions = reference.positions();
            int left = random.nextInt(positions.size() + 1) - 1;
            int right = left + 1 + random.nextInt(positions.size() - left);
            long dot = Dot.of(random.nextBoolean() ? east : west, number);
            long[] insert = {
                dot,
                left < 0 ? 0 : positions.get(left),
                right == positions.size() ? 0 : positions.get(right)
            };
            reference.insert(insert[0], insert[1], insert[2], number);
            inserts.add(insert);
        }
        for (int replica = 0; replica < 3; replica++) {
            ValueSequence<Integer> sequence = new ValueSequence<>(actors);
            List<long[]> waiting = new ArrayList<>(inserts);
            Collections.shuffle(waiting, random);
            dots.clear();
            dots.add(0L);
            while (!waiting.isEmpty()) {
                long[] ready =
                        waiting.stream()
                                .filter(insert ->
                                        dots.contains(insert[1]) && dots.contains(insert[2]))
                                .findFirst()
                                .orElseThrow();
                sequence.insertValue(ready[0], ready[1], ready[2], (int) Dot.sequence(ready[0]));
                dots.add(ready[0]);
                waiting.remove(ready);
            }
            assertEquals(reference.values(), sequence.values(), "seed " + seed);
        }
    }

    @Test
    void unknownNeighboursAndNeighboursInWrongOrderAreRefusedAndNothingChanges() {
        TextSequence text = text("abcd");
        for (long[] bad :
                new long[][] {
                    {Dot.of(west, 9), 0},
                    {0, Dot.of(east, 5)},
                    {Dot.of(east, 3), Dot.of(east, 2)},
                    {Dot.of(east, 2), Dot.of(east, 2)}
                }) {
            Problem problem =
                    assertThrows(
                            Problem.class, () -> text.insert(Dot.of(west, 1), bad[0], bad[1], "x"));
            assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code());
        }
        assertThrows(Problem.class, () -> text.move(Dot.of(west, 1), Dot.of(west, 7), 0, 0, 1));
        assertThrows(Problem.class, () -> text.insert(Dot.of(west, 0), 0, 0, "x"));
        assertThrows(Problem.class, () -> text.insert(Dot.of(west, Dot.SEQUENCE_MAX), 0, 0, "xy"));
        assertEquals("abcd", text.text());
        assertEquals(4, text.positionCount());
    }

    @Test
    void theSameDotsTwiceAddOnlyWhatIsMissing() {
        TextSequence text = text("abc");
        text.insert(Dot.of(east, 1), 0, 0, "abcdef");
        text.insert(Dot.of(east, 2), Dot.of(east, 1), 0, "bcd");
        assertEquals("abcdef", text.text());
    }

    @Test
    void deletingReturnsWhatWasThereAndTwiceIsOnce() {
        TextSequence text = text("abcdef");
        long by = Dot.of(west, 1);
        assertEquals(List.of(new Op.Run(Dot.of(east, 2), 2)), text.delete(Dot.of(east, 2), 2, by));
        assertEquals(
                List.of(new Op.Run(Dot.of(east, 1), 1), new Op.Run(Dot.of(east, 4), 1)),
                text.delete(Dot.of(east, 1), 4, by));
        assertEquals(List.of(), text.delete(Dot.of(east, 1), 4, by));
        assertEquals(List.of(), text.delete(Dot.of(west, 50), 4, by));
        assertEquals("ef", text.text());
        assertFalse(text.isAlive(Dot.of(east, 2)));
        assertEquals(-1, text.indexOf(Dot.of(east, 2)));
        assertEquals(2, text.runCount());
    }

    @Test
    void theLastMoveStandsAndARemovedElementStaysRemoved() {
        TextSequence text = text("abcd");
        long element = Dot.of(east, 1);
        text.move(Dot.of(west, 1), element, Dot.of(east, 4), 0, 20);
        assertEquals("bcda", text.text());
        assertEquals(3, text.indexOf(element));
        text.move(Dot.of(west, 2), element, Dot.of(east, 2), Dot.of(east, 3), 10);
        assertEquals("bcda", text.text());
        text.move(Dot.of(west, 3), element, Dot.of(east, 2), Dot.of(east, 3), 30);
        assertEquals("bacd", text.text());
        assertEquals(element, text.dotAt(1));
        assertEquals(new Origins(Dot.of(west, 3), Dot.of(east, 3)), text.originsAt(2));
        text.delete(element, 1, Dot.of(west, 4));
        text.move(Dot.of(west, 5), element, 0, 0, 40);
        assertEquals("bcd", text.text());
    }

    @Test
    void aQueueThatAllHaveSeenShrinksToWhatItHolds() {
        ValueSequence<Integer> queue = new ValueSequence<>(actors);
        long number = 1;
        for (int value = 0; value < 20_000; value++) {
            Origins origins = queue.originsAt(queue.size());
            queue.insertValue(Dot.of(east, number), origins.left(), origins.right(), value);
            number += 2;
            if (queue.size() > 10) {
                queue.delete(queue.dotAt(0), 1, Dot.of(east, number));
                number += 2;
            }
            if (value % 100 == 99) {
                VersionVector all = VersionVector.of(number);
                queue.strip(all, all);
                assertTrue(queue.positionCount() <= 10, "positions " + queue.positionCount());
            }
        }
        assertEquals(10, queue.size());
        assertEquals(19_990, queue.valueAt(0));
    }
}
