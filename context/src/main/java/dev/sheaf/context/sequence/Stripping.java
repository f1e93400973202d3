package dev.sheaf.context.sequence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Drops dead positions that no change will ever name again, such that every later change finds the
/// same place as if they were still there.
///
/// Why that holds. A later change N names as neighbours, and so has as ancestors, kept positions
/// only. To place N, the rule of [Placement] asks three things of what is there already:
///
/// 1. *Is L an ancestor of R?* It is asked along chains of left ancestors. Where a dropped position
///    is one, its own left ancestor takes its place: the kept part of each chain stays what it was.
/// 2. *Does N stand before this child of its parent?* It depends on the child's side, right origin
///    and dot. Where the child is dropped, its kept descendants become children in its stead, in
///    the same stretch of the list and with its side, right origin and dot as their key: N stands
///    before all of them or behind all of them, as it stood to the dropped one. That N becomes a
///    child of a dropped position itself is excluded.
/// 3. *Which of two right origins is further right?* A dropped position that a kept right child has
///    as its right origin, of its own or inherited, is kept after all.
///
/// The order of what is kept does not change, and neither answer does; so replicas may drop at
/// different times, or never.
final class Stripping {
    private record Place(long left, long right, long key, boolean leftChild) {}

    private final SpanList spans;
    private final Set<Span> pinned = new HashSet<>();

    private Stripping(SpanList spans) {
        this.spans = spans;
    }

    /// @return how many positions were dropped
    static int drop(SpanList spans) {
        int before = spans.tree.total();
        new Stripping(spans).run();
        return before - spans.tree.total();
    }

    private void run() {
        while (pinRightOrigins()) {
            continue;
        }
        List<Span> kept = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        for (Span span = spans.tree.first(); span != null; span = spans.tree.next(span)) {
            if (isKept(span)) {
                Place place = place(span);
                if (place.right() != span.right) {
                    spans.split(span, 1);
                }
                kept.add(span);
                places.add(place);
            }
        }
        for (int index = 0; index < kept.size(); index++) {
            Span span = kept.get(index);
            Place place = places.get(index);
            span.left = place.left();
            span.right = place.right();
            span.key = place.key();
            span.leftChild = place.leftChild();
        }
        spans.load(kept);
    }

    private boolean isKept(Span span) {
        return span.standing != Standing.DROPPABLE || pinned.contains(span);
    }

    /// @return whether a position was found that has to stay
    private boolean pinRightOrigins() {
        boolean found = false;
        for (Span span = spans.tree.first(); span != null; span = spans.tree.next(span)) {
            if (!isKept(span)) {
                continue;
            }
            Place place = place(span);
            // The rest of a run are right children with the run's own right origin.
            found |= !place.leftChild() && pin(place.right());
            found |= span.length > 1 && pin(span.right);
        }
        return found;
    }

    private boolean pin(long dot) {
        if (dot == 0) {
            return false;
        }
        Span span = spans.require(dot);
        if (isKept(span)) {
            return false;
        }
        if (dot > span.id) {
            Span behind = spans.split(span, (int) (dot - span.id));
            span = behind == null ? span : behind;
        }
        spans.split(span, 1);
        pinned.add(span);
        return true;
    }

    /// Where a kept run stands in the tree when what is dropped is gone.
    private Place place(Span span) {
        long left = span.left;
        while (left != 0) {
            Span ancestor = spans.require(left);
            if (isKept(ancestor)) {
                break;
            }
            left = ancestor.left;
        }
        Span taken = span;
        while (true) {
            long parent = taken.leftChild ? taken.right : taken.left;
            Span above = parent == 0 ? taken : spans.require(parent);
            if (parent == 0 || isKept(above)) {
                return new Place(left, taken.right, taken.key, taken.leftChild);
            }
            taken = above;
        }
    }
}
