package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;

import org.jspecify.annotations.Nullable;

/// A run of positions with consecutive dots that follow each other in the list, each the right
/// child of the one before it. What is said of the run's tree place holds for its first position.
final class Span {
    /// So many shown elements at most are in one run: what is copied when it is cut in two.
    static final int SHOWN_MAX = 4096;

    /// The first position's dot.
    long id;

    /// The nearest ancestor on the left, 0 for the beginning: the left origin where nothing that
    /// was skipped lies between.
    long left;

    /// The right origin of all positions, 0 for the end.
    long right;

    /// What breaks ties between siblings: the dot of the first position, or of the dropped one
    /// whose place it took.
    long key;

    int length;

    /// Whether the first position is a left child of its right origin; else a right child of
    /// `left`.
    boolean leftChild;

    Standing standing;

    /// The elements as the sequence keeps them, a [Slot] where an element was moved to, or null
    /// where nothing lives.
    @Nullable Object content;

    SpanTree.@Nullable Leaf leaf;

    Span(long id, int length, Standing standing, @Nullable Object content) {
        this.id = id;
        this.key = id;
        this.length = length;
        this.standing = standing;
        this.content = content;
    }

    long end() {
        return id + length;
    }

    long last() {
        return id + length - 1;
    }

    boolean contains(long dot) {
        return dot >= id && dot < id + length;
    }

    int visible() {
        return standing == Standing.SHOWN ? length : 0;
    }

    /// Whether an element was moved here and stands here.
    boolean isSlot() {
        return content instanceof Slot;
    }

    /// The nearest left ancestor of the position at this offset.
    long leftOf(int offset) {
        return offset > 0 ? id + offset - 1 : left;
    }

    long keyOf(int offset) {
        return offset > 0 ? id + offset : key;
    }

    boolean isLeftChild(int offset) {
        return offset == 0 && leftChild;
    }

    /// Whether `next` continues this run in every respect.
    boolean isContinuedBy(Span next) {
        return next.id == end()
                && next.left == last()
                && next.right == right
                && !next.leftChild
                && next.key == next.id
                && next.standing == standing
                && standing != Standing.MOVED
                && (standing != Standing.SHOWN || length + next.length <= SHOWN_MAX)
                && !isSlot()
                && !next.isSlot();
    }

    @Override
    public String toString() {
        return Dot.actor(id) + ":" + Dot.sequence(id) + "+" + length + " " + standing;
    }
}
