package dev.sheaf.context.document;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;

import java.util.ArrayList;
import java.util.List;

/// The latest removals that are not stable yet. They serve only to tell a write that it was
/// concurrent with one; what a document shows does not depend on them. Bounded: of more than
/// [#COUNT_MAX] the oldest are forgotten. Immutable.
record Removals(List<Removal> all) {
    static final int COUNT_MAX = 32;

    private static final Removals NONE = new Removals(List.of());

    record Removal(List<Step> path, long dot, long hlc) {}

    static Removals none() {
        return NONE;
    }

    static Removals of(List<Removal> removals) {
        return removals.isEmpty() ? NONE : new Removals(removals);
    }

    /// With one more; it stands for earlier ones by the same writer of the same place.
    Removals with(Removal added) {
        List<Removal> removals = new ArrayList<>(all.size() + 1);
        for (Removal removal : all) {
            boolean replaced =
                    Dot.actor(removal.dot()) == Dot.actor(added.dot())
                            && removal.path().equals(added.path());
            if (!replaced) {
                removals.add(removal);
            }
        }
        if (removals.size() == COUNT_MAX) {
            removals.removeFirst();
        }
        removals.add(added);
        return new Removals(removals);
    }

    Removals and(Removals other) {
        Removals both = this;
        for (Removal removal : other.all) {
            both = both.with(removal);
        }
        return both;
    }

    /// Those that the cut does not cover.
    Removals without(VersionVector cut) {
        List<Removal> left = all.stream().filter(removal -> !cut.covers(removal.dot())).toList();
        return left.isEmpty() ? NONE : new Removals(left);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// Whether the first path is the second or leads to it.
    static boolean leadsTo(List<Step> path, List<Step> other) {
        return path.size() <= other.size() && other.subList(0, path.size()).equals(path);
    }
}
