package dev.sheaf.context.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The counted tree against a plain list, grown and shrunk at random and at its ends.
class SpanTreeTest {
    @ParameterizedTest
    @CsvSource({"1, 0.5", "2, 1.0", "3, 0.0", "4, 0.97"})
    void countsAndOrderAreThoseOfAList(long seed, double where) {
        Random random = new Random(seed);
        SpanTree tree = new SpanTree();
        List<Span> model = new ArrayList<>();
        for (int step = 0; step < 60_000; step++) {
            boolean growing = step % 20_000 < 12_000;
            int at = placeOf(where, model.size(), random);
            if (growing || model.isEmpty()) {
                Standing standing = random.nextInt(3) == 0 ? Standing.DEAD : Standing.SHOWN;
                Span added = new Span(step + 1, 1 + random.nextInt(3), standing, null);
                tree.insertAfter(at == 0 ? null : model.get(at - 1), added);
                model.add(at, added);
            } else {
                tree.remove(model.remove(Math.min(at, model.size() - 1)));
            }
            if (step % 3_000 == 0) {
                check(model, tree);
            }
        }
        check(model, tree);
    }

    private static int placeOf(double where, int size, Random random) {
        return where == 0.5
                ? random.nextInt(size + 1)
                : (int) Math.min(size, Math.round(size * where));
    }

    private static void check(List<Span> model, SpanTree tree) {
        int visible = 0;
        int total = 0;
        Span walked = tree.first();
        Span before = null;
        for (Span span : model) {
            assertSame(span, walked);
            assertSame(before, tree.previous(span));
            assertEquals(visible, tree.visibleBefore(span));
            assertEquals(total, tree.totalBefore(span));
            for (int index = 0; index < span.visible(); index++) {
                assertSame(span, tree.visibleAt(visible + index));
            }
            visible += span.visible();
            total += span.length;
            before = span;
            walked = tree.next(span);
        }
        assertNull(walked);
        assertSame(before, tree.last());
        assertEquals(visible, tree.visible());
        assertEquals(total, tree.total());
        assertEquals(model.size(), tree.spanCount());
    }
}
