package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.Arrays;
import java.util.Random;

/// Documents from bytes that somebody made up.
final class DamagedBytesTest {
    @Property(tries = 300)
    void damagedBytesAreRefusedOrAreADocument(@ForAll long seed) {
        Random random = new Random(seed);
        History history = new History(random.nextInt(1000)).run(30);
        Region region = history.regions.getFirst();
        byte[] bytes = DocumentCodec.encode(region.document, actor -> actor);
        for (int change = 0; change < 20; change++) {
            byte[] damaged = bytes.clone();
            for (int count = random.nextInt(3); count >= 0; count--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            readOrRefuse(history, damaged, seed);
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            readOrRefuse(history, cut, seed);
        }
    }

    private static void readOrRefuse(History history, byte[] bytes, long seed) {
        try {
            Document document = DocumentCodec.decode(bytes, history.actors, number -> number);
            document.view(History.RULE, history.actors);
            document.digest();
            document.weightBytes();
        } catch (Problem refused) {
            assertEquals(ProblemCode.UNREADABLE_INPUT, refused.code(), () -> "seed " + seed);
        }
    }
}
