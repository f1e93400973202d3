package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Op;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What most lists are: elements that one actor has put at the end, one behind the other, and that
/// are all there. Dots and values in two arrays: four bytes of order an element, none where the
/// dots follow each other.
final class Chain {
    private static final Object[] NO_VALUES = {};
    private static final int LENGTH_FIRST = 4;

    private long first;
    private long last;

    /// How far each dot is from the first, rising; absent while they are consecutive.
    private int @Nullable [] distances;

    private Object[] values = NO_VALUES;
    private int size;

    /// The chain that these runs are, or null when they are more than that.
    static @Nullable Chain of(SequenceCodec.Parts parts) {
        if (!parts.slots().isEmpty() || parts.deaths().size() > 0) {
            return null;
        }
        Chain chain = new Chain();
        for (Span span : parts.spans()) {
            boolean fits =
                    span.standing == Standing.SHOWN
                            && span.content != null
                            && !span.isSlot()
                            && !span.leftChild
                            && span.key == span.id
                            && chain.takes(span.id, span.length, span.left, span.right);
            if (!fits || span.content == null) {
                return null;
            }
            for (int offset = 0; offset < span.length; offset++) {
                chain.add(span.id + offset, ValueElements.at(span.content, offset));
            }
        }
        return chain;
    }

    Chain copy() {
        Chain copy = new Chain();
        copy.first = first;
        copy.last = last;
        copy.distances = distances == null ? null : distances.clone();
        copy.values = values.clone();
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    long dotAt(int index) {
        return first + (distances == null ? index : distances[index]);
    }

    /// The dot of the last element, or 0 without one.
    long last() {
        return last;
    }

    Object valueAt(int index) {
        return values[index];
    }

    void setValue(int index, Object value) {
        values[index] = value;
    }

    /// Whether the list stays a chain with these elements between these neighbours.
    boolean takes(long firstDot, int count, long left, long right) {
        if (right != 0 || left != last) {
            return false;
        }
        return size == 0
                || Dot.actor(firstDot) == Dot.actor(first)
                        && firstDot > last
                        && firstDot - first + count <= Integer.MAX_VALUE;
    }

    /// Whether one of these dots lies between the first and the last; then it may be there.
    boolean overlaps(long firstDot, int count) {
        return size > 0 && firstDot <= last && firstDot + count > first;
    }

    /// Adds an element that it takes.
    void add(long dot, Object value) {
        if (size == values.length) {
            int length = Math.max(LENGTH_FIRST, size + (size >> 1));
            values = Arrays.copyOf(values, length);
            distances = distances == null ? null : Arrays.copyOf(distances, length);
        }
        if (size == 0) {
            first = dot;
        }
        long distance = dot - first;
        if (distances == null && distance != size) {
            distances = new int[values.length];
            Arrays.setAll(distances, index -> index);
        }
        if (distances != null) {
            distances[size] = (int) distance;
        }
        values[size] = value;
        last = dot;
        size++;
    }

    /// The index of an element, or -1. What is near the end is found at once.
    int indexOf(long dot) {
        if (!overlaps(dot, 1)) {
            return -1;
        }
        int distance = (int) (dot - first);
        int[] known = distances;
        if (known == null) {
            return distance;
        }
        int high = size - 1;
        int low = high;
        for (int step = 1; known[low] > distance; step *= 2) {
            high = low - 1;
            low = Math.max(0, low - step);
        }
        int found = Arrays.binarySearch(known, low, high + 1, distance);
        return found < 0 ? -1 : found;
    }

    List<Op.Run> runsAt(int index, int count) {
        List<Op.Run> runs = new ArrayList<>(1);
        for (int at = index; at < index + count; at++) {
            Sequence.addRun(runs, dotAt(at), 1);
        }
        return runs;
    }

    /// As the runs of a [Sequence].
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        long before = 0;
        for (int from = 0; from < size; ) {
            long id = dotAt(from);
            int to = from + 1;
            while (to < size && to - from < Span.SHOWN_MAX && dotAt(to) == id + to - from) {
                to++;
            }
            Object content = ValueElements.of(Arrays.copyOfRange(values, from, to));
            Span span = new Span(id, to - from, Standing.SHOWN, content);
            span.left = before;
            spans.add(span);
            before = span.last();
            from = to;
        }
        return spans;
    }

    /// Beside the values.
    long orderBytes() {
        return size == 0
                ? 0
                : Long.BYTES + (distances == null ? 0L : (long) distances.length * Integer.BYTES);
    }
}
