package dev.sheaf.context.document;

import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;

import java.util.ArrayList;
import java.util.List;

/// The latest removals that are not stable yet. They serve only to tell a write that it was
/// concurrent with one; what a document shows does not depend on them. Bounded: of more than
/// [#COUNT_MAX] the oldest are forgotten.
final class Removals {
    static final int COUNT_MAX = 32;

    record Removal(List<Step> path, long dot, long hlc) {}

    private final List<Removal> removals = new ArrayList<>(1);

    List<Removal> all() {
        return removals;
    }

    void add(Removal removal) {
        removals.removeIf(older -> older.path().equals(removal.path()) && sameActor(older, removal));
        if (removals.size() == COUNT_MAX) {
            removals.removeFirst();
        }
        removals.add(removal);
    }

    private static boolean sameActor(Removal left, Removal right) {
        return dev.sheaf.context.Dot.actor(left.dot()) == dev.sheaf.context.Dot.actor(right.dot());
    }

    void strip(VersionVector cut) {
        removals.removeIf(removal -> cut.covers(removal.dot()));
    }

    boolean isEmpty() {
        return removals.isEmpty();
    }

    /// Whether the first path is the second or leads to it.
    static boolean leadsTo(List<Step> path, List<Step> other) {
        return path.size() <= other.size() && other.subList(0, path.size()).equals(path);
    }
}
