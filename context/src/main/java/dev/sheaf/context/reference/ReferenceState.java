package dev.sheaf.context.reference;

import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// A document as a dot store (Almeida et al., arXiv:1603.01529): entries by place, and beside them
/// what only grows, the positions of list elements and the moves. Immutable; two states of one
/// document [join][#join] to one, whatever the order and however often.
///
/// @param entries by place; no place is without
/// @param positions of list elements and code points, deleted ones included, by list
/// @param moves of list elements
/// @param fences the dots of erasures
/// @param vector what was applied
public record ReferenceState(
        Map<List<Step>, Set<Entry>> entries,
        Map<List<Step>, Set<Position>> positions,
        Set<Slot> moves,
        Set<Long> fences,
        VersionVector vector) {
    public static final ReferenceState EMPTY =
            new ReferenceState(Map.of(), Map.of(), Set.of(), Set.of(), VersionVector.EMPTY);

    /// Between which two positions an element was put.
    ///
    /// @param text whether it is a code point of a text
    public record Position(boolean text, long dot, long left, long right) {}

    /// Where an element was moved to.
    public record Slot(List<Step> list, long dot, long element, long left, long right, long hlc) {}

    /// What both know: an entry of one side alone stays if the other side never had it. What was
    /// there before an erasure that the other side knows goes.
    public ReferenceState join(ReferenceState other) {
        ReferenceState left = without(fencesUnknownTo(other.fences, vector));
        ReferenceState right = other.without(fencesUnknownTo(fences, other.vector));
        Map<List<Step>, Set<Entry>> joined = new HashMap<>();
        left.keepInto(joined, right);
        right.keepInto(joined, left);
        Map<List<Step>, Set<Position>> union = new HashMap<>();
        left.positions.forEach((place, all) -> add(union, place, all));
        right.positions.forEach((place, all) -> add(union, place, all));
        Set<Slot> slots = new HashSet<>(left.moves);
        slots.addAll(right.moves);
        Set<Long> erasures = new HashSet<>();
        for (long fence : left.fences) {
            if (right.fences.contains(fence) || !right.vector.covers(fence)) {
                erasures.add(fence);
            }
        }
        for (long fence : right.fences) {
            if (left.fences.contains(fence) || !left.vector.covers(fence)) {
                erasures.add(fence);
            }
        }
        return new ReferenceState(joined, union, slots, erasures, vector.max(other.vector))
                .normal();
    }

    private static boolean fencesUnknownTo(Set<Long> fences, VersionVector vector) {
        return fences.stream().anyMatch(fence -> !vector.covers(fence));
    }

    private ReferenceState without(boolean content) {
        return content ? new ReferenceState(Map.of(), Map.of(), Set.of(), fences, vector) : this;
    }

    private void keepInto(Map<List<Step>, Set<Entry>> joined, ReferenceState other) {
        entries.forEach((place, all) -> {
            Set<Entry> there = other.entries.getOrDefault(place, Set.of());
            for (Entry entry : all) {
                if (there.contains(entry) || !other.vector.covers(entry.dot())) {
                    add(joined, place, Set.of(entry));
                }
            }
        });
    }

    static <T> void add(Map<List<Step>, Set<T>> map, List<Step> place, Set<T> added) {
        Set<T> all = new HashSet<>(map.getOrDefault(place, Set.of()));
        all.addAll(added);
        map.put(place, all);
    }

    /// Without what is inside deleted elements, and without places that hold nothing.
    ReferenceState normal() {
        Map<List<Step>, Set<Entry>> kept = new HashMap<>();
        entries.forEach((place, all) -> {
            if (!all.isEmpty() && isReachable(place)) {
                kept.put(place, all);
            }
        });
        Map<List<Step>, Set<Position>> reachable = new HashMap<>(positions);
        reachable.keySet().removeIf(place -> !isReachable(place));
        Set<Slot> moved = new HashSet<>(moves);
        moved.removeIf(slot -> !isReachable(slot.list()));
        return new ReferenceState(kept, reachable, moved, fences, vector);
    }

    /// Whether all elements on the way are still in their lists.
    boolean isReachable(List<Step> place) {
        for (int depth = 0; depth < place.size(); depth++) {
            if (place.get(depth) instanceof Step.Element element
                    && !at(place.subList(0, depth)).contains(new Entry.Element(element.dot()))) {
                return false;
            }
        }
        return true;
    }

    Set<Entry> at(List<Step> place) {
        return entries.getOrDefault(place, Set.of());
    }

    /// Without the entries at a place and below it that are to go.
    ReferenceState removing(List<Step> from, Predicate<Entry> gone) {
        Map<List<Step>, Set<Entry>> kept = new HashMap<>();
        entries.forEach((place, all) -> {
            Set<Entry> left = new HashSet<>(all);
            if (startsWith(place, from)) {
                left.removeIf(gone);
            }
            kept.put(place, left);
        });
        return new ReferenceState(kept, positions, moves, fences, vector).normal();
    }

    /// Without the entries of one place that are to go.
    ReferenceState removingAt(List<Step> at, Predicate<Entry> gone) {
        Map<List<Step>, Set<Entry>> kept = new HashMap<>(entries);
        Set<Entry> left = new HashSet<>(at(at));
        left.removeIf(gone);
        kept.put(at, left);
        return new ReferenceState(kept, positions, moves, fences, vector).normal();
    }

    ReferenceState adding(List<Step> place, Entry entry) {
        Map<List<Step>, Set<Entry>> more = new HashMap<>(entries);
        add(more, place, Set.of(entry));
        return new ReferenceState(more, positions, moves, fences, vector);
    }

    ReferenceState adding(List<Step> list, Position position) {
        Map<List<Step>, Set<Position>> more = new HashMap<>(positions);
        add(more, list, Set.of(position));
        return new ReferenceState(entries, more, moves, fences, vector);
    }

    ReferenceState adding(Slot slot) {
        Set<Slot> more = new HashSet<>(moves);
        more.add(slot);
        return new ReferenceState(entries, positions, more, fences, vector);
    }

    ReferenceState at(VersionVector now) {
        return new ReferenceState(entries, positions, moves, fences, now);
    }

    static boolean startsWith(List<Step> place, List<Step> from) {
        return place.size() >= from.size() && place.subList(0, from.size()).equals(from);
    }
}
