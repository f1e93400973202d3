package dev.sheaf.context.resolve;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.json.CanonicalText;

import java.util.Collection;
import java.util.Comparator;

/// The order of concurrent writes: HLC, then the actor's name, then sequence. A stable dot ranks
/// below every other of the same HLC, as its writer is forgotten; between two of these the values'
/// canonical texts decide, so that the order is total up to equal values.
final class Rank implements Comparator<Sibling> {
    private final ActorTable actors;

    Rank(ActorTable actors) {
        this.actors = actors;
    }

    @Override
    public int compare(Sibling left, Sibling right) {
        int byTime = Long.compare(left.hlc(), right.hlc());
        if (byTime != 0) {
            return byTime;
        }
        if (left.dot() == Dot.STABLE || right.dot() == Dot.STABLE) {
            int byKnown = Boolean.compare(left.dot() != Dot.STABLE, right.dot() != Dot.STABLE);
            return byKnown != 0 ? byKnown : byValue(left, right);
        }
        int byActor = actors.compare(Dot.actor(left.dot()), Dot.actor(right.dot()));
        if (byActor != 0) {
            return byActor;
        }
        int bySequence = Long.compare(Dot.sequence(left.dot()), Dot.sequence(right.dot()));
        return bySequence != 0 ? bySequence : byValue(left, right);
    }

    private static int byValue(Sibling left, Sibling right) {
        return left.value() == right.value()
                ? 0
                : CanonicalText.of(left.value()).compareTo(CanonicalText.of(right.value()));
    }

    /// @param siblings at least one
    Sibling highest(Collection<Sibling> siblings) {
        Sibling best = null;
        for (Sibling sibling : siblings) {
            if (best == null || compare(sibling, best) > 0) {
                best = sibling;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("no siblings to choose from");
        }
        return best;
    }
}
