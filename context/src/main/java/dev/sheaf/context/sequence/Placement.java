package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

/// Finds the place of a new run: FugueMax (Weidner and Kleppmann, arXiv:2305.00583), read off the
/// list instead of a tree.
///
/// A position N made between L and R is a *left child of R* when R descends from L on its right
/// side, else a *right child of L*. Left children of one parent stand in the order of their dots
/// (actor's name, then number); right children by their right origin, the later first, then by dot.
/// The list is the tree's in-order walk, so each subtree is one stretch of it, and this class only
/// has to find the right border between two such stretches.
///
/// The rule needs no more than L before R, so that two replicas agree also on what a lying peer
/// sends. Neighbours, the case of nearly every insert, are settled without a walk.
final class Placement {
    private final SpanList spans;
    private final ActorTable actors;

    // Where the walk stands: a position, as its run and offset.
    private Span atSpan = new Span(0, 0, Standing.DEAD, null);
    private int atOffset;

    Placement(SpanList spans, ActorTable actors) {
        this.spans = spans;
        this.actors = actors;
    }

    /// Gives the run its place in the tree and adds it to the list; it may become part of the run
    /// before it.
    ///
    /// @throws Problem UNREADABLE_INPUT when an origin is not there, or the right one is not behind
    ///   the left one
    void place(Span added, long left, long right) {
        added.right = right;
        Span leftSpan = left == 0 ? null : spans.require(left);
        int leftEnd = leftSpan == null ? 0 : (int) (left - leftSpan.id) + 1;
        boolean inside = leftSpan != null && leftEnd < leftSpan.length;
        Span next = inside ? leftSpan : nextOf(leftSpan);
        int nextOffset = inside ? leftEnd : 0;
        long nextDot = next == null ? 0 : next.id + nextOffset;
        if (nextDot == right) {
            added.left = left;
            added.leftChild = next != null && next.leftOf(nextOffset) == left;
            insert(leftSpan, leftEnd, added);
            return;
        }
        if (right != 0) {
            placeBetween(added, leftSpan, leftEnd, spans.require(right));
        } else {
            placeRight(added, leftSpan, leftEnd);
        }
    }

    private @Nullable Span nextOf(@Nullable Span span) {
        return span == null ? spans.tree.first() : spans.tree.next(span);
    }

    private void placeBetween(Span added, @Nullable Span leftSpan, int leftEnd, Span rightSpan) {
        int rightOffset = (int) (added.right - rightSpan.id);
        if (leftSpan != null && spans.compare(leftSpan, leftEnd - 1, rightSpan, rightOffset) >= 0) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "an insert into a list names a right neighbour (element "
                            + Dot.sequence(added.right)
                            + " of actor number "
                            + Dot.actor(added.right)
                            + ") that is not behind its left neighbour");
        }
        if (descends(rightSpan, rightOffset, leftSpan, leftEnd - 1)) {
            placeLeft(added, rightSpan, rightOffset);
        } else {
            placeRight(added, leftSpan, leftEnd);
        }
    }

    /// Whether the left position is an ancestor of the right one, which lies behind it.
    private boolean descends(Span from, int fromOffset, @Nullable Span leftSpan, int leftOffset) {
        Span span = from;
        int offset = fromOffset;
        while (true) {
            if (leftSpan == null || span == leftSpan && leftOffset <= offset) {
                return true;
            }
            long ancestor = span.left;
            if (ancestor == 0) {
                return false;
            }
            span = spans.require(ancestor);
            offset = (int) (ancestor - span.id);
            if (spans.compare(span, offset, leftSpan, leftOffset) < 0) {
                return false;
            }
        }
    }

    /// As a right child: walks forward through the right subtree of the left origin, a child at a
    /// time, until the first child that belongs behind the new one.
    private void placeRight(Span added, @Nullable Span leftSpan, int leftEnd) {
        long left = leftSpan == null ? 0 : leftSpan.id + leftEnd - 1;
        added.left = left;
        added.leftChild = false;
        Span border = leftSpan;
        int borderEnd = leftEnd;
        boolean inside = leftSpan != null && leftEnd < leftSpan.length;
        Span next = inside ? leftSpan : nextOf(leftSpan);
        int offset = inside ? leftEnd : 0;
        while (next != null) {
            atSpan = next;
            atOffset = offset;
            climbLeftLinks();
            long parent = atSpan.leftOf(atOffset);
            if (parent == left) {
                if (isBefore(added, atSpan, atOffset)) {
                    break;
                }
            } else if (parent == 0 || left != 0 && spans.compare(parent, left) < 0) {
                break;
            }
            border = atSpan;
            borderEnd = atSpan.length;
            next = spans.tree.next(atSpan);
            offset = 0;
        }
        insert(border, borderEnd, added);
    }

    /// From a left child up to the first ancestor that is a right child; what lies between is in
    /// that ancestor's left subtree.
    private void climbLeftLinks() {
        while (atSpan.isLeftChild(atOffset)) {
            long parent = atSpan.right;
            atSpan = spans.require(parent);
            atOffset = (int) (parent - atSpan.id);
        }
    }

    /// Whether the new right child stands before this right child of the same parent.
    private boolean isBefore(Span added, Span sibling, int offset) {
        if (added.right != sibling.right) {
            if (added.right == 0 || sibling.right == 0) {
                return added.right == 0;
            }
            return spans.compare(added.right, sibling.right) > 0;
        }
        return compareDots(added.key, sibling.keyOf(offset)) < 0;
    }

    /// By the actor's name, then by number.
    private int compareDots(long left, long right) {
        int byActor = actors.compare(Dot.actor(left), Dot.actor(right));
        return byActor != 0 ? byActor : Long.compare(left, right);
    }

    /// As a left child: walks backward through the left subtree of the right origin, a child at a
    /// time, until the first child that belongs before the new one.
    private void placeLeft(Span added, Span rightSpan, int rightOffset) {
        long right = added.right;
        long bound = rightSpan.leftOf(rightOffset);
        added.left = bound;
        added.leftChild = true;
        Span borderSpan = rightSpan;
        int borderOffset = rightOffset;
        while (retreat(borderSpan, borderOffset) && climbRightLinks(bound)) {
            long parent = atSpan.right;
            if (parent == right) {
                if (compareDots(added.key, atSpan.keyOf(atOffset)) > 0) {
                    break;
                }
            } else if (parent == 0 || spans.compare(parent, right) > 0) {
                break;
            }
            borderSpan = atSpan;
            borderOffset = atOffset;
        }
        if (borderOffset > 0) {
            insert(borderSpan, borderOffset, added);
        } else {
            Span before = spans.tree.previous(borderSpan);
            insert(before, before == null ? 0 : before.length, added);
        }
    }

    /// Goes to the position before this one; false at the beginning.
    private boolean retreat(Span span, int offset) {
        Span before = offset > 0 ? span : spans.tree.previous(span);
        if (before == null) {
            return false;
        }
        atSpan = before;
        atOffset = offset > 0 ? offset - 1 : before.length - 1;
        return true;
    }

    /// From a right child up to the first ancestor that is a left child; what lies between is in
    /// that ancestor's right subtree. False when the bound is reached before.
    private boolean climbRightLinks(long bound) {
        while (true) {
            if (bound != 0 && atSpan.contains(bound) && bound - atSpan.id <= atOffset) {
                return false;
            }
            atOffset = 0;
            if (atSpan.leftChild) {
                return true;
            }
            long parent = atSpan.left;
            if (parent == bound || parent == 0) {
                return false;
            }
            atSpan = spans.require(parent);
            atOffset = (int) (parent - atSpan.id);
        }
    }

    /// Inserts behind the first `end` positions of the run `anchor`; at the beginning when null.
    private void insert(@Nullable Span anchor, int end, Span added) {
        if (anchor == null) {
            spans.add(null, added);
        } else if (end == anchor.length && anchor.isContinuedBy(added)) {
            spans.append(anchor, added.length, added.content);
            spans.hint(anchor);
        } else {
            spans.split(anchor, end);
            spans.add(anchor, added);
        }
    }
}
