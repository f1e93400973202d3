package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Checks a decoded sequence for all that searching and placing rely on: no dot twice, every named
/// position there and on the right side, moves and what is shown in accord. Whether the order is
/// the one that the rule gives is not checked.
final class Restoring {
    private record Ranked(Span span, long rank) {
        long rankOf(long dot) {
            return rank + dot - span.id;
        }
    }

    private final TreeMap<Long, Ranked> byDot = new TreeMap<>();
    private final ActorTable actors;

    private Restoring(ActorTable actors) {
        this.actors = actors;
    }

    /// Gives runs to which elements were moved their places as content.
    ///
    /// @throws Problem UNREADABLE_INPUT when something is not as it must be
    static void check(SequenceCodec.Parts parts, ActorTable actors) {
        Restoring restoring = new Restoring(actors);
        restoring.rank(parts.spans());
        restoring.checkPlaces(parts.spans());
        restoring.checkMoves(parts);
    }

    private void rank(List<Span> spans) {
        long rank = 0;
        for (Span span : spans) {
            byDot.put(span.id, new Ranked(span, rank));
            rank += span.length;
        }
        long free = 0;
        int count = 0;
        for (Ranked ranked : byDot.values()) {
            require(ranked.span().id >= free, "an element is there twice");
            require(
                    Dot.actor(ranked.span().id) < actors.size(),
                    "an actor is not in this node's table");
            free = ranked.span().end();
            count++;
        }
        require(count == spans.size(), "an element is there twice");
    }

    private void checkPlaces(List<Span> spans) {
        for (Span span : spans) {
            long rank = rankOf(span.id);
            require(span.left == 0 || rankOf(span.left) < rank, "a left ancestor is not before");
            require(
                    span.right == 0 || rankOf(span.right) >= rank + span.length,
                    "a right origin is not behind");
            require(!span.leftChild || span.right != 0, "a left child has no parent");
            require(
                    span.key > 0 && Dot.actor(span.key) < actors.size(),
                    "an actor is not in this node's table");
        }
    }

    private void checkMoves(SequenceCodec.Parts parts) {
        Moves moves = new Moves(actors);
        Map<Long, Slot> slots = new HashMap<>();
        for (Slot slot : parts.slots()) {
            require(slots.put(slot.dot(), slot) == null, "a place is there twice");
            require(find(slot.dot()) != null, "a place is not in the list");
            moves.add(slot);
        }
        int shown = 0;
        for (Span span : parts.spans()) {
            boolean empty = span.standing == Standing.SHOWN && span.content == null;
            Slot slot = slots.get(span.id);
            if (empty) {
                require(slot != null, "a place holds no element");
                span.content = slot;
                shown++;
            }
        }
        for (Slot slot : parts.slots()) {
            Span place = require(find(slot.dot()));
            Span home = require(find(slot.element()));
            require(!slots.containsKey(slot.element()), "a place was moved");
            boolean stands = moves.slotOf(slot.element()) == slot.dot();
            boolean alive = !home.standing.isDead();
            require(!alive || home.standing == Standing.MOVED, "a moved element is at home");
            require(
                    place.isSlot() == (alive && stands)
                            && (place.isSlot() || place.standing.isDead()),
                    "a place that does not stand is shown");
        }
        int moved = 0;
        for (Span span : parts.spans()) {
            if (span.standing == Standing.MOVED) {
                require(!moves.slotsOf(span.id).isEmpty(), "a moved element is nowhere");
                moved++;
            }
        }
        require(moved == shown, "moved elements and their places differ in number");
    }

    private @Nullable Span find(long dot) {
        Map.Entry<Long, Ranked> floor = byDot.floorEntry(dot);
        return floor == null || !floor.getValue().span().contains(dot)
                ? null
                : floor.getValue().span();
    }

    private long rankOf(long dot) {
        Span span = require(find(dot));
        Ranked ranked = byDot.get(span.id);
        return ranked == null ? 0 : ranked.rankOf(dot);
    }

    private static Span require(@Nullable Span span) {
        if (span == null) {
            throw refused("it names an element that it does not have");
        }
        return span;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw refused(otherwise);
        }
    }

    private static Problem refused(String what) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT, "an encoded list contradicts itself: " + what);
    }
}
