package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The runs of a list, by place and by dot, and how runs are split and joined.
final class SpanList {
    final SpanTree tree = new SpanTree();
    private final Elements elements;
    private SpanIndex index = new SpanIndex();
    private @Nullable Span lastFound;

    SpanList(Elements elements) {
        this.elements = elements;
    }

    /// The run that holds this position, or null.
    @Nullable Span find(long dot) {
        Span last = lastFound;
        if (last != null && last.contains(dot)) {
            return last;
        }
        Span floor = index.floor(dot);
        if (floor == null || !floor.contains(dot)) {
            return null;
        }
        lastFound = floor;
        return floor;
    }

    /// @throws Problem UNREADABLE_INPUT when the list has no such position
    Span require(long dot) {
        Span found = find(dot);
        if (found == null) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "a change of a list names element "
                            + Dot.sequence(dot)
                            + " of actor number "
                            + Dot.actor(dot)
                            + ", which this list never had; a change must come after those it"
                            + " builds on");
        }
        return found;
    }

    /// The first run of the dot's actor that holds the dot or starts behind it, or null.
    @Nullable Span ceiling(long dot) {
        Span found = find(dot);
        return found != null ? found : index.higher(dot);
    }

    /// Remembers where the caller will look next.
    void hint(Span span) {
        lastFound = span;
    }

    /// Below, at or above zero as the first position lies before, at or behind the second.
    int compare(Span left, int leftOffset, Span right, int rightOffset) {
        return left == right
                ? Integer.compare(leftOffset, rightOffset)
                : Integer.compare(tree.totalBefore(left), tree.totalBefore(right));
    }

    /// As [#compare(Span, int, Span, int)], of positions that are there.
    int compare(long left, long right) {
        if (left == right) {
            return 0;
        }
        Span leftSpan = require(left);
        Span rightSpan = require(right);
        return compare(
                leftSpan, (int) (left - leftSpan.id), rightSpan, (int) (right - rightSpan.id));
    }

    /// Cuts the run in two; the first part stays in `span`.
    ///
    /// @param offset how many positions the first part keeps, at least 1
    /// @return the second part, or null when there is nothing behind the offset
    @Nullable Span split(Span span, int offset) {
        if (offset == span.length) {
            return null;
        }
        Object content = span.content;
        Object behind = content == null ? null : elements.slice(content, offset, span.length);
        Span right = new Span(span.id + offset, span.length - offset, span.standing, behind);
        right.left = right.id - 1;
        right.right = span.right;
        if (content != null) {
            span.content = elements.slice(content, 0, offset);
        }
        int visibleBefore = span.visible();
        span.length = offset;
        tree.changed(span, span.visible() - visibleBefore, -right.length);
        add(span, right);
        return right;
    }

    void add(@Nullable Span anchor, Span added) {
        tree.insertAfter(anchor, added);
        index.add(added);
        lastFound = added;
    }

    /// The run's positions take another standing; what is dead keeps no content.
    void stand(Span span, Standing standing) {
        int visibleBefore = span.visible();
        span.standing = standing;
        if (standing.isDead()) {
            span.content = null;
        }
        int delta = span.visible() - visibleBefore;
        if (delta != 0) {
            tree.changed(span, delta, 0);
        }
    }

    /// The last `count` positions of a shown run die where the run behind it is their dead
    /// continuation: the border moves. This is what deleting backwards does, over and over.
    ///
    /// @return whether it was so
    boolean dieIntoNext(Span span, int count) {
        Span next = tree.next(span);
        if (next == null
                || next.standing != Standing.DEAD
                || next.id != span.end()
                || next.left != span.last()
                || next.right != span.right
                || next.leftChild
                || next.key != next.id) {
            return false;
        }
        span.length -= count;
        tree.changed(span, -count, -count);
        next.id -= count;
        next.key = next.id;
        next.left = next.id - 1;
        next.length += count;
        tree.changed(next, 0, count);
        return true;
    }

    /// Joins the run with its neighbours where they continue each other.
    void coalesce(Span span) {
        Span next = tree.next(span);
        if (next != null && span.isContinuedBy(next)) {
            join(span, next);
        }
        Span previous = tree.previous(span);
        if (previous != null && previous.isContinuedBy(span)) {
            join(previous, span);
        }
    }

    private void join(Span span, Span next) {
        tree.remove(next);
        index.remove(next);
        if (lastFound == next) {
            lastFound = span;
        }
        append(span, next.length, next.content);
    }

    /// Makes the run longer by elements that continue it.
    void append(Span span, int count, @Nullable Object added) {
        Object content = span.content;
        if (content != null && added != null) {
            span.content = elements.concat(content, span.length, added, count);
        }
        span.length += count;
        tree.changed(span, span.standing == Standing.SHOWN ? count : 0, count);
    }

    /// The runs in order.
    List<Span> all() {
        List<Span> all = new ArrayList<>(tree.spanCount());
        for (Span span = tree.first(); span != null; span = tree.next(span)) {
            all.add(span);
        }
        return all;
    }

    /// Replaces all runs, joining those that continue each other.
    void load(List<Span> loaded) {
        List<Span> joined = new ArrayList<>(loaded.size());
        for (Span span : loaded) {
            if (!joined.isEmpty() && joined.getLast().isContinuedBy(span)) {
                Span before = joined.getLast();
                if (before.content != null && span.content != null) {
                    before.content =
                            elements.concat(
                                    before.content, before.length, span.content, span.length);
                }
                before.length += span.length;
            } else {
                joined.add(span);
            }
        }
        tree.load(joined);
        index = new SpanIndex();
        lastFound = null;
        for (Span span : joined) {
            index.add(span);
        }
    }
}
