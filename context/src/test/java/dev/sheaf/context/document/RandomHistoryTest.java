package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.context.Event;
import dev.sheaf.context.reference.ReferenceMerge;
import dev.sheaf.context.reference.ReferenceState;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Documents against the reference, in random histories.
final class RandomHistoryTest {
    @Property(tries = 400)
    void documentsShowWhatTheReferenceShows(@ForAll long seed) {
        new History(seed).run(60).settle();
    }

    @Property(tries = 60)
    void longHistoriesToo(@ForAll long seed) {
        new History(seed).run(300).settle();
    }

    @Property(tries = 150)
    void joiningStatesIsApplyingTheEventsOfBoth(@ForAll long seed) {
        History history = new History(seed).run(40);
        for (ReferenceState left : history.references) {
            for (ReferenceState right : history.references) {
                ReferenceState joined = left.join(right);
                assertEquals(applied(history, left, right), joined, history::toString);
            }
        }
    }

    private static ReferenceState applied(
            History history, ReferenceState left, ReferenceState right) {
        ReferenceState state = left;
        for (Event event : history.events) {
            boolean missing =
                    event.lastSequence() > left.vector().get(event.actor())
                            && event.lastSequence() <= right.vector().get(event.actor());
            state = missing ? ReferenceMerge.apply(state, event, History.RULE) : state;
        }
        return state;
    }

    @Property(tries = 150)
    void joinIsCommutativeAssociativeAndIdempotent(@ForAll long seed) {
        History history = new History(seed).run(40);
        for (ReferenceState a : history.references) {
            assertEquals(a, a.join(a), history::toString);
            for (ReferenceState b : history.references) {
                assertEquals(a.join(b), b.join(a), history::toString);
                for (ReferenceState c : history.references) {
                    assertEquals(a.join(b).join(c), a.join(b.join(c)), history::toString);
                }
            }
        }
    }
}
