package dev.sheaf.context.sequence;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// The runs of a list in order: a B-tree that counts, below each node, the visible elements and all
/// positions. Index to run and run to index take O(log n); neighbours take O(1).
final class SpanTree {
    private static final int WIDTH_MAX = 32;
    private static final int WIDTH_FIRST = 4;

    abstract static sealed class Node permits Leaf, Inner {
        @Nullable Inner parent;
        int visible;
        int total;
        int size;
    }

    static final class Leaf extends Node {
        Span[] spans = new Span[WIDTH_FIRST];
        @Nullable Leaf next;
        @Nullable Leaf previous;

        int indexOf(Span span) {
            int index = 0;
            while (spans[index] != span) {
                index++;
            }
            return index;
        }
    }

    static final class Inner extends Node {
        Node[] children = new Node[WIDTH_FIRST];

        int indexOf(Node child) {
            int index = 0;
            while (children[index] != child) {
                index++;
            }
            return index;
        }
    }

    private Node root = new Leaf();
    private Leaf firstLeaf = (Leaf) root;
    private int spanCount;

    /// A run and how many elements are visible before it, kept right over changes, or null.
    private @Nullable Span cursor;

    private int cursorStart;

    int visible() {
        return root.visible;
    }

    int total() {
        return root.total;
    }

    int spanCount() {
        return spanCount;
    }

    @Nullable Span first() {
        return firstLeaf.size == 0 ? null : firstLeaf.spans[0];
    }

    @Nullable Span last() {
        Node node = root;
        while (node instanceof Inner inner) {
            node = inner.children[inner.size - 1];
        }
        return node.size == 0 ? null : ((Leaf) node).spans[node.size - 1];
    }

    @Nullable Span next(Span span) {
        Leaf leaf = leafOf(span);
        int index = leaf.indexOf(span) + 1;
        if (index < leaf.size) {
            return leaf.spans[index];
        }
        Leaf following = leaf.next;
        return following == null ? null : following.spans[0];
    }

    @Nullable Span previous(Span span) {
        Leaf leaf = leafOf(span);
        int index = leaf.indexOf(span) - 1;
        if (index >= 0) {
            return leaf.spans[index];
        }
        Leaf before = leaf.previous;
        return before == null ? null : before.spans[before.size - 1];
    }

    /// The run that shows the element at this index, from 0 to `visible() - 1`. Afterwards
    /// [#visibleBefore] of that run takes no search.
    Span visibleAt(int index) {
        Span near = nearCursor(index);
        return near != null ? near : descendTo(index);
    }

    private Span descendTo(int index) {
        Node node = root;
        int rest = index;
        while (node instanceof Inner inner) {
            int child = 0;
            while (rest >= inner.children[child].visible) {
                rest -= inner.children[child].visible;
                child++;
            }
            node = inner.children[child];
        }
        Leaf leaf = (Leaf) node;
        int at = 0;
        while (rest >= leaf.spans[at].visible()) {
            rest -= leaf.spans[at].visible();
            at++;
        }
        cursor = leaf.spans[at];
        cursorStart = index - rest;
        return leaf.spans[at];
    }

    /// The run at this index if it is in the leaf where the last search ended.
    private @Nullable Span nearCursor(int index) {
        Span span = cursor;
        if (span == null) {
            return null;
        }
        int start = cursorStart;
        if (index < start || index >= start + span.visible()) {
            Leaf leaf = leafOf(span);
            int at = leaf.indexOf(span);
            while (index < start) {
                at--;
                if (at < 0) {
                    return null;
                }
                span = leaf.spans[at];
                start -= span.visible();
            }
            while (index >= start + span.visible()) {
                start += span.visible();
                at++;
                if (at == leaf.size) {
                    return null;
                }
                span = leaf.spans[at];
            }
            cursor = span;
            cursorStart = start;
        }
        return span;
    }

    /// How many elements are visible before the run.
    int visibleBefore(Span span) {
        if (span == cursor) {
            return cursorStart;
        }
        Leaf leaf = leafOf(span);
        int count = 0;
        for (int index = 0; leaf.spans[index] != span; index++) {
            count += leaf.spans[index].visible();
        }
        Node node = leaf;
        for (Inner inner = node.parent; inner != null; inner = node.parent) {
            for (int index = 0; inner.children[index] != node; index++) {
                count += inner.children[index].visible;
            }
            node = inner;
        }
        return count;
    }

    /// How many positions lie before the run.
    int totalBefore(Span span) {
        Leaf leaf = leafOf(span);
        int count = 0;
        for (int index = 0; leaf.spans[index] != span; index++) {
            count += leaf.spans[index].length;
        }
        Node node = leaf;
        for (Inner inner = node.parent; inner != null; inner = node.parent) {
            for (int index = 0; inner.children[index] != node; index++) {
                count += inner.children[index].total;
            }
            node = inner;
        }
        return count;
    }

    /// The counts above the run follow a change of its length or standing.
    void changed(Span span, int visibleDelta, int totalDelta) {
        if (visibleDelta != 0 && span != cursor) {
            cursor = null;
        }
        add(leafOf(span), visibleDelta, totalDelta);
    }

    private static void add(Node from, int visibleDelta, int totalDelta) {
        for (Node node = from; node != null; node = node.parent) {
            node.visible += visibleDelta;
            node.total += totalDelta;
        }
    }

    /// @param anchor the run before, or null to put it first
    void insertAfter(@Nullable Span anchor, Span added) {
        if (anchor != null && anchor == cursor) {
            cursorStart += anchor.visible();
            cursor = added;
        } else if (added.visible() > 0) {
            cursor = null;
        }
        Leaf leaf = anchor == null ? firstLeaf : leafOf(anchor);
        int index = anchor == null ? 0 : leaf.indexOf(anchor) + 1;
        if (leaf.size == WIDTH_MAX) {
            Leaf right = split(leaf, index == leaf.size);
            if (index > leaf.size || leaf.size == WIDTH_MAX) {
                index -= leaf.size;
                leaf = right;
            }
        }
        leaf.spans = room(leaf.spans, leaf.size);
        System.arraycopy(leaf.spans, index, leaf.spans, index + 1, leaf.size - index);
        leaf.spans[index] = added;
        leaf.size++;
        added.leaf = leaf;
        spanCount++;
        add(leaf, added.visible(), added.length);
    }

    void remove(Span span) {
        if (span == cursor || span.visible() > 0) {
            cursor = null;
        }
        Leaf leaf = leafOf(span);
        int index = leaf.indexOf(span);
        System.arraycopy(leaf.spans, index + 1, leaf.spans, index, leaf.size - index - 1);
        leaf.size--;
        clear(leaf.spans, leaf.size);
        span.leaf = null;
        spanCount--;
        add(leaf, -span.visible(), -span.length);
        if (leaf.size == 0 && leaf != root) {
            unlink(leaf);
        }
    }

    private void unlink(Leaf leaf) {
        if (leaf.previous != null) {
            leaf.previous.next = leaf.next;
        } else if (leaf.next != null) {
            firstLeaf = leaf.next;
        }
        if (leaf.next != null) {
            leaf.next.previous = leaf.previous;
        }
        Node gone = leaf;
        for (Inner inner = gone.parent; inner != null; inner = gone.parent) {
            int index = inner.indexOf(gone);
            System.arraycopy(
                    inner.children, index + 1, inner.children, index, inner.size - index - 1);
            inner.size--;
            clear(inner.children, inner.size);
            if (inner.size > 0) {
                break;
            }
            gone = inner;
        }
        while (root instanceof Inner top && top.size == 1) {
            root = top.children[0];
            root.parent = null;
        }
    }

    /// An empty place of an array that never holds null below its size.
    @SuppressWarnings("NullAway")
    private static void clear(Object[] array, int index) {
        array[index] = null;
    }

    private static <T> T[] room(T[] array, int size) {
        return size < array.length ? array : Arrays.copyOf(array, Math.min(WIDTH_MAX, size * 2));
    }

    /// Half of the node goes to a new one behind it; nothing of it when the list grows at its end,
    /// so that what is only appended to stays densely packed.
    private Leaf split(Leaf leaf, boolean appending) {
        Leaf right = new Leaf();
        int kept = appending ? WIDTH_MAX : WIDTH_MAX / 2;
        right.size = WIDTH_MAX - kept;
        right.spans = new Span[Math.max(WIDTH_FIRST, right.size * 2)];
        System.arraycopy(leaf.spans, kept, right.spans, 0, right.size);
        Arrays.fill(leaf.spans, kept, WIDTH_MAX, null);
        leaf.size = kept;
        for (int index = 0; index < right.size; index++) {
            Span span = right.spans[index];
            span.leaf = right;
            right.visible += span.visible();
            right.total += span.length;
        }
        leaf.visible -= right.visible;
        leaf.total -= right.total;
        right.next = leaf.next;
        right.previous = leaf;
        if (leaf.next != null) {
            leaf.next.previous = right;
        }
        leaf.next = right;
        attach(leaf, right);
        return right;
    }

    /// Puts `right` behind `left` into the parent.
    private void attach(Node left, Node right) {
        Inner parent = left.parent;
        boolean recount = false;
        if (parent == null) {
            parent = new Inner();
            parent.children[0] = left;
            parent.size = 1;
            left.parent = parent;
            root = parent;
            recount = true;
        }
        int index = parent.indexOf(left) + 1;
        if (parent.size == WIDTH_MAX) {
            Inner sibling = split(parent, index == parent.size);
            if (index > parent.size || parent.size == WIDTH_MAX) {
                index -= parent.size;
                parent = sibling;
            }
            recount = true;
        }
        parent.children = room(parent.children, parent.size);
        System.arraycopy(parent.children, index, parent.children, index + 1, parent.size - index);
        parent.children[index] = right;
        parent.size++;
        right.parent = parent;
        if (recount) {
            recountUpwards(left.parent);
            recountUpwards(parent);
        }
    }

    private Inner split(Inner node, boolean appending) {
        Inner right = new Inner();
        int kept = appending ? WIDTH_MAX : WIDTH_MAX / 2;
        right.size = WIDTH_MAX - kept;
        right.children = new Node[Math.max(WIDTH_FIRST, right.size * 2)];
        System.arraycopy(node.children, kept, right.children, 0, right.size);
        Arrays.fill(node.children, kept, WIDTH_MAX, null);
        node.size = kept;
        for (int index = 0; index < right.size; index++) {
            right.children[index].parent = right;
        }
        recount(node);
        recount(right);
        attach(node, right);
        return right;
    }

    private static void recountUpwards(@Nullable Inner from) {
        for (Inner node = from; node != null; node = node.parent) {
            recount(node);
        }
    }

    private static void recount(Inner node) {
        int visible = 0;
        int total = 0;
        for (int index = 0; index < node.size; index++) {
            visible += node.children[index].visible;
            total += node.children[index].total;
        }
        node.visible = visible;
        node.total = total;
    }

    /// Replaces everything by these runs, packed densely.
    void load(List<Span> spans) {
        root = new Leaf();
        firstLeaf = (Leaf) root;
        spanCount = 0;
        cursor = null;
        Span before = null;
        for (Span span : spans) {
            insertAfter(before, span);
            before = span;
        }
    }

    private static Leaf leafOf(Span span) {
        Leaf leaf = span.leaf;
        if (leaf == null) {
            throw new IllegalStateException(span + " is not in the list");
        }
        return leaf;
    }
}
