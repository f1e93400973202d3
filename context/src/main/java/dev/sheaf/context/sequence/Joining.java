package dev.sheaf.context.sequence;

import dev.sheaf.context.VersionVector;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Takes into one sequence what another replica of it has: positions that are new here, moves, and
/// removals. What was dropped on one side stays dropped. Takes time in proportion to both.
final class Joining {
    private final Sequence own;
    private final Sequence other;
    private final VersionVector ownVector;
    private final VersionVector otherVector;

    /// A position of the other side.
    private record Position(
            long dot, long left, long right, long key, @Nullable Object content, boolean dead) {}

    Joining(Sequence own, Sequence other, VersionVector ownVector, VersionVector otherVector) {
        this.own = own;
        this.other = other;
        this.ownVector = ownVector;
        this.otherVector = otherVector;
    }

    void run() {
        List<Position> waiting = new ArrayList<>();
        for (Span span : other.spans.all()) {
            for (int offset = 0; offset < span.length; offset++) {
                long dot = span.id + offset;
                if (own.spans.find(dot) == null && !ownVector.covers(dot)) {
                    waiting.add(position(span, offset));
                }
            }
        }
        placeAll(waiting);
        for (Span span : other.spans.all()) {
            for (int offset = 0; span.standing.isDead() && offset < span.length; offset++) {
                remove(span.id + offset);
            }
        }
        removeDropped();
    }

    private Position position(Span span, int offset) {
        boolean dead = span.standing.isDead();
        Object content =
                dead || span.content == null || span.isSlot()
                        ? null
                        : other.slice(span.content, offset, offset + 1);
        return new Position(
                span.id + offset,
                span.leftOf(offset),
                span.right,
                span.keyOf(offset),
                content,
                dead);
    }

    /// Each after those that it names.
    private void placeAll(List<Position> all) {
        List<Position> waiting = all;
        while (!waiting.isEmpty()) {
            List<Position> next = new ArrayList<>();
            for (Position position : waiting) {
                if (!place(position)) {
                    next.add(position);
                }
            }
            if (next.size() == waiting.size()) {
                throw new IllegalStateException(
                        next.size() + " positions name others that neither side has");
            }
            waiting = next;
        }
    }

    private boolean isHere(long dot) {
        return dot == 0 || own.spans.find(dot) != null;
    }

    private boolean place(Position position) {
        if (!isHere(position.left()) || !isHere(position.right())) {
            return false;
        }
        if (other.moves().isSlot(position.dot())) {
            return move(position);
        }
        Standing standing = position.dead() ? Standing.DEAD : Standing.SHOWN;
        Span span = new Span(position.dot(), 1, standing, position.content());
        span.key = position.key();
        own.placement().place(span, position.left(), position.right());
        return true;
    }

    private boolean move(Position position) {
        for (Slot slot : other.moves().all()) {
            if (slot.dot() == position.dot()) {
                boolean ready = isHere(slot.element());
                if (ready) {
                    own.move(
                            slot.dot(),
                            slot.element(),
                            position.left(),
                            position.right(),
                            slot.hlc());
                }
                return ready;
            }
        }
        return true;
    }

    /// What ended there ends here, for the same reasons.
    private void remove(long dot) {
        if (other.moves().isSlot(dot) || own.spans.find(dot) == null) {
            return;
        }
        List<Long> reasons = new ArrayList<>();
        other.deaths().of(dot, (by, _) -> reasons.add(by));
        if (reasons.isEmpty()) {
            reasons.add(dot);
        }
        for (long by : reasons) {
            boolean known = own.isAlive(dot);
            if (known) {
                own.delete(dot, 1, by);
            } else {
                own.deaths().add(by, dot, 1);
            }
        }
    }

    /// What is not there any more, though it was, goes here.
    private void removeDropped() {
        List<Long> gone = new ArrayList<>();
        for (Span span : own.spans.all()) {
            for (int offset = 0; offset < span.length; offset++) {
                long dot = span.id + offset;
                if (!span.standing.isDead()
                        && !span.isSlot()
                        && otherVector.covers(dot)
                        && other.spans.find(dot) == null) {
                    gone.add(dot);
                }
            }
        }
        gone.forEach(dot -> own.delete(dot, 1, dot));
    }
}
