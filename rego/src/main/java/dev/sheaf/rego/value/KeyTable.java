package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Comparator;

/// Different values, found by hash and shown in their order: the keys of an object, or a set. Grows
/// while it is built, and is left alone afterwards.
final class KeyTable {
    /// So few are compared one after another.
    private static final int LINEAR_MAX = 8;

    private static final int CAPACITY_MIN = 4;

    /// So few are sorted by insertion.
    private static final int INSERTION_MAX = 16;

    private static final Value[] NONE = new Value[0];

    private Value[] keys;
    private int size;
    private boolean isShared;
    private int @Nullable [] buckets;
    private int @Nullable [] order;

    KeyTable(int expected) {
        keys = expected == 0 ? NONE : new Value[expected];
    }

    /// The same, which many objects have from now on.
    KeyTable shared() {
        order();
        isShared = true;
        return this;
    }

    boolean isShared() {
        return isShared;
    }

    int size() {
        return size;
    }

    Value key(int index) {
        return keys[index];
    }

    /// Where the key is, or -1.
    int find(Value key) {
        int[] table = buckets;
        if (table == null) {
            int hash = key.hashCode();
            for (int i = 0; i < size; i++) {
                Value other = keys[i];
                if (other == key || other.hashCode() == hash && other.equals(key)) {
                    return i;
                }
            }
            return -1;
        }
        int mask = table.length - 1;
        int at = spread(key) & mask;
        while (table[at] != 0) {
            if (keys[table[at] - 1].equals(key)) {
                return table[at] - 1;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    private static int spread(Value key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }

    /// Where the key is now; the same as before when it was there.
    int add(Value key) {
        int found = find(key);
        if (found >= 0) {
            return found;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, Math.max(CAPACITY_MIN, size * 2));
        }
        keys[size++] = key;
        order = null;
        int[] table = buckets;
        if (table != null && size * 2 <= table.length) {
            place(table, size - 1);
        } else if (size > LINEAR_MAX) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] table = new int[Integer.highestOneBit(size) << 3];
        for (int i = 0; i < size; i++) {
            place(table, i);
        }
        buckets = table;
    }

    private void place(int[] table, int index) {
        int mask = table.length - 1;
        int at = spread(keys[index]) & mask;
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = index + 1;
    }

    /// The indexes in the order of their keys. Computed at the first call; several threads may
    /// compute the same.
    int[] order() {
        int[] known = order;
        if (known == null) {
            known = ascending() ? identity() : sorted();
            order = known;
        }
        return known;
    }

    private boolean ascending() {
        for (int i = 1; i < size; i++) {
            if (keys[i - 1].compareTo(keys[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private int[] inserted() {
        int[] indexes = new int[size];
        for (int i = 0; i < size; i++) {
            int at = i;
            while (at > 0 && keys[indexes[at - 1]].compareTo(keys[i]) > 0) {
                indexes[at] = indexes[at - 1];
                at--;
            }
            indexes[at] = i;
        }
        return indexes;
    }

    private int[] identity() {
        int[] indexes = new int[size];
        for (int i = 0; i < size; i++) {
            indexes[i] = i;
        }
        return indexes;
    }

    private int[] sorted() {
        if (size <= INSERTION_MAX) {
            return inserted();
        }
        Integer[] indexes = new Integer[size];
        for (int i = 0; i < size; i++) {
            indexes[i] = i;
        }
        Arrays.sort(indexes, Comparator.comparing(index -> keys[index]));
        return Arrays.stream(indexes).mapToInt(Integer::intValue).toArray();
    }
}
