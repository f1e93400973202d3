package dev.sheaf.context.sequence;

import java.util.Arrays;

/// Values: a single one as it is, several in a [Block].
final class ValueElements implements Elements {
    private record Block(Object[] values) {}

    static Object of(Object[] values) {
        return values.length == 1 ? values[0] : new Block(values);
    }

    static Object at(Object elements, int index) {
        return elements instanceof Block block ? block.values[index] : elements;
    }

    /// The elements with one replaced.
    static Object with(Object elements, int index, Object value) {
        if (elements instanceof Block block) {
            block.values[index] = value;
            return block;
        }
        return value;
    }

    @Override
    public Object slice(Object elements, int from, int to) {
        if (to - from == 1) {
            return at(elements, from);
        }
        return elements instanceof Block block
                ? new Block(Arrays.copyOfRange(block.values, from, to))
                : elements;
    }

    @Override
    public Object concat(Object left, int leftLength, Object right, int rightLength) {
        int length = leftLength + rightLength;
        Object[] joined;
        if (left instanceof Block block && block.values.length >= length) {
            joined = block.values;
        } else {
            joined = new Object[length + (length >> 1)];
            copy(left, leftLength, joined, 0);
        }
        copy(right, rightLength, joined, leftLength);
        return new Block(joined);
    }

    private static void copy(Object elements, int count, Object[] target, int at) {
        if (elements instanceof Block block) {
            System.arraycopy(block.values, 0, target, at, count);
        } else {
            target[at] = elements;
        }
    }
}
