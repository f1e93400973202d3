package dev.sheaf.context.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Stored sequences: what comes back, how large it is, and what garbage does.
class SequenceCodecTest {
    private final ActorTable actors = new ActorTable();
    private final int actor = actors.indexOf(new ActorId(RegionName.parse("aws/us-east-1"), 1));

    @Test
    void textOfAllWidthsComesBackEvenALoneSurrogate() {
        TextSequence text = new TextSequence(actors);
        text.insert(Dot.of(actor, 1), 0, 0, "abc");
        text.insert(Dot.of(actor, 4), Dot.of(actor, 3), 0, "\u00e9\u4e16");
        text.insert(Dot.of(actor, 6), Dot.of(actor, 5), 0, "\ud83d\ude00z");
        text.insert(Dot.of(actor, 8), Dot.of(actor, 7), 0, "\ud800");
        assertEquals(8, text.size());
        assertEquals("abc\u00e9\u4e16\ud83d\ude00z\ud800", text.text());
        TextSequence again = TextSequence.decode(text.encode(a -> a), actors, a -> a);
        assertEquals(text.text(), again.text());
        assertEquals("\u4e16\ud83d\ude00", again.text(4, 2));
    }

    @Test
    void aMillionElementsTypedInOrderTakeLittleMoreThanTheirText() {
        TextSequence text = new TextSequence(actors);
        for (int index = 0; index < 1_000_000; index++) {
            Origins origins = text.originsAt(text.size());
            text.insert(Dot.of(actor, index + 1), origins.left(), origins.right(), "x");
        }
        assertTrue(text.runCount() < 300, "runs: " + text.runCount());
        assertTrue(text.encode(a -> a).length < 1_005_000);
        assertEquals(1_000_000, text.positionCount());
    }

    @Test
    void anActorThatTheTableDoesNotKnowIsRefused() {
        TextSequence text = new TextSequence(actors);
        text.insert(Dot.of(actor, 1), 0, 0, "abc");
        byte[] bytes = text.encode(a -> a);
        Problem problem =
                assertThrows(Problem.class, () -> TextSequence.decode(bytes, actors, a -> a + 7));
        assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @Timeout(60)
    void garbageIsAProblemAndNothingElse(long seed) {
        Random random = new Random(seed);
        List<Replica> replicas = SequenceAgainstReferenceTest.replicas(seed, 2);
        for (int step = 0; step < 60; step++) {
            replicas.getFirst().write(step);
        }
        byte[] good = Replica.encoded(replicas.getFirst().fast);
        int refused = 0;
        int tries = 20_000;
        for (int attempt = 0; attempt < tries; attempt++) {
            byte[] bad = good.clone();
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length + 10));
            }
            refused += decodeAndUse(bad, random, seed) ? 0 : 1;
        }
        assertTrue(refused > tries / 2, "refused " + refused);
    }

    /// @return whether the bytes were accepted
    private boolean decodeAndUse(byte[] bytes, Random random, long seed) {
        ActorTable table = new ActorTable();
        table.indexOf(new ActorId(RegionName.parse("aws/us-east-1"), 1));
        table.indexOf(new ActorId(RegionName.parse("gcp/us-west1"), 1));
        ValueSequence<Integer> sequence;
        try {
            sequence = ValueSequence.decode(bytes, Replica.INTEGERS, table, a -> a);
        } catch (Problem problem) {
            assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code(), "seed " + seed);
            return false;
        }
        for (int insert = 0; insert < 5; insert++) {
            Origins origins = sequence.originsAt(random.nextInt(sequence.size() + 1));
            int before = sequence.size();
            sequence.insertValue(
                    Dot.of(0, 1_000_000_000L + insert), origins.left(), origins.right(), insert);
            assertEquals(before + 1, sequence.size(), "seed " + seed);
        }
        assertEquals(sequence.size(), sequence.values().size(), "seed " + seed);
        return true;
    }
}
