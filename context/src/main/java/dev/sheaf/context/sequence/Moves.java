package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/// Which places elements were moved to, and which of them stands.
final class Moves {
    private final ActorTable actors;

    /// By element, the places in rising rank.
    private final Map<Long, List<Slot>> slots = new HashMap<>();

    private final Set<Long> slotDots = new HashSet<>();

    Moves(ActorTable actors) {
        this.actors = actors;
    }

    /// The place that stands, of an element that was moved.
    long slotOf(long element) {
        List<Slot> own = slots.get(element);
        if (own == null) {
            throw new IllegalStateException("element " + element + " was not moved");
        }
        return own.getLast().dot();
    }

    boolean isSlot(long dot) {
        return slotDots.contains(dot);
    }

    /// Whether no place of the same element ranks higher.
    boolean wouldStand(Slot slot) {
        List<Slot> own = slots.get(slot.element());
        return own == null || compare(own.getLast(), slot) < 0;
    }

    void add(Slot slot) {
        List<Slot> own = slots.computeIfAbsent(slot.element(), _ -> new ArrayList<>(1));
        int at = own.size();
        while (at > 0 && compare(own.get(at - 1), slot) > 0) {
            at--;
        }
        own.add(at, slot);
        slotDots.add(slot.dot());
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /// The places of an element, in rising rank.
    List<Slot> slotsOf(long element) {
        return slots.getOrDefault(element, List.of());
    }

    /// Every place, by dot.
    List<Slot> all() {
        return slots.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Slot::dot))
                .toList();
    }

    /// Forgets elements and places that are not in the list any more.
    void retain(LongPredicate isThere) {
        slots.keySet().removeIf(element -> !isThere.test(element));
        slots.values().forEach(own -> own.removeIf(slot -> !isThere.test(slot.dot())));
        slots.values().removeIf(List::isEmpty);
        slotDots.removeIf(dot -> !isThere.test(dot));
    }

    Moves copy() {
        Moves copy = new Moves(actors);
        slots.forEach((element, own) -> copy.slots.put(element, new ArrayList<>(own)));
        copy.slotDots.addAll(slotDots);
        return copy;
    }

    /// By clock, then the mover's name, then number.
    int compare(Slot left, Slot right) {
        int byClock = Long.compare(left.hlc(), right.hlc());
        if (byClock != 0) {
            return byClock;
        }
        int byName = actors.compare(Dot.actor(left.dot()), Dot.actor(right.dot()));
        return byName != 0 ? byName : Long.compare(left.dot(), right.dot());
    }
}
