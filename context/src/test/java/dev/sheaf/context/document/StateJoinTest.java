package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.reference.ReferenceState;
import dev.sheaf.context.reference.ReferenceView;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Joining states, stripped ones too, in random histories.
final class StateJoinTest {
    @Property(tries = 150)
    void joiningIsApplyingTheEventsOfBoth(@ForAll long seed) {
        History history = new History(seed);
        history.strips = false;
        joinAll(history.run(50));
    }

    @Property(tries = 150)
    void strippedStatesJoinToTheSame(@ForAll long seed) {
        joinAll(new History(seed).run(70));
    }

    private static void joinAll(History history) {
        for (int left = 0; left < history.regions.size(); left++) {
            for (int right = 0; right < history.regions.size(); right++) {
                join(history, left, right);
            }
        }
    }

    private static void join(History history, int left, int right) {
        Region mine = history.regions.get(left);
        Region theirs = history.regions.get(right);
        Document joined = history.copy(left);
        try {
            joined.join(
                    history.copy(right),
                    mine.vector,
                    theirs.vector,
                    history.cut(left).max(history.cut(right)),
                    history.actors);
        } catch (Problem undecided) {
            assertEquals(ProblemCode.CONFLICT, undecided.code(), history::toString);
            assertTrue(!mine.vector.covers(theirs.vector) && !theirs.vector.covers(mine.vector));
            return;
        }
        ReferenceState expected = history.references.get(left).join(history.references.get(right));
        assertEquals(
                ReferenceView.of(expected, History.RULE, history.actors)
                        .map(CanonicalText::of)
                        .orElse("nothing"),
                joined.view(History.RULE, history.actors).map(CanonicalText::of).orElse("nothing"),
                () -> left + " and " + right + " of " + history);
    }
}
