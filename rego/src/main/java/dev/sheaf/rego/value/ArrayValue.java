package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;

/// Values in an order, from index 0.
public final class ArrayValue implements Value {
    public static final ArrayValue EMPTY = new ArrayValue(new Value[0]);

    private final Value[] items;
    private int hash;

    private ArrayValue(Value[] items) {
        this.items = items;
    }

    public static ArrayValue of(Value... items) {
        return items.length == 0 ? EMPTY : new ArrayValue(items.clone());
    }

    public static ArrayValue of(Collection<? extends Value> items) {
        return items.isEmpty() ? EMPTY : new ArrayValue(items.toArray(new Value[0]));
    }

    public int size() {
        return items.length;
    }

    /// @throws IndexOutOfBoundsException outside 0 to size
    public Value get(int index) {
        return items[index];
    }

    /// The item that a key of Rego names; null when it is no whole number or there is none.
    public @Nullable Value find(Value key) {
        if (key instanceof NumberValue number && number.isLong()) {
            long index = number.longValue();
            return index >= 0 && index < items.length ? items[(int) index] : null;
        }
        return null;
    }

    /// A view.
    public List<Value> items() {
        return new Items(items);
    }

    /// From `start`, `end` not included.
    public ArrayValue slice(int start, int end) {
        return start >= end ? EMPTY : new ArrayValue(Arrays.copyOfRange(items, start, end));
    }

    private static final class Items extends AbstractList<Value> implements RandomAccess {
        private final Value[] items;

        Items(Value[] items) {
            this.items = items;
        }

        @Override
        public Value get(int index) {
            return items[index];
        }

        @Override
        public int size() {
            return items.length;
        }
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    public int rank() {
        return 4;
    }

    @Override
    public int compareWithin(Value other) {
        return compare(items, ((ArrayValue) other).items);
    }

    static int compare(Value[] left, Value[] right) {
        int length = Math.min(left.length, right.length);
        for (int i = 0; i < length; i++) {
            int order = left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof ArrayValue that
                        && hashCode() == that.hashCode()
                        && Arrays.equals(items, that.items);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(items);
        }
        return hash;
    }

    @Override
    public void write(StringBuilder out) {
        out.append('[');
        for (int i = 0; i < items.length; i++) {
            if (i > 0) {
                out.append(", ");
            }
            items[i].write(out);
        }
        out.append(']');
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }
}
