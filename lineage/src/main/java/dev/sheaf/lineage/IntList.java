package dev.sheaf.lineage;

import java.util.Arrays;

/// Numbers in a growing array.
final class IntList {
    static final IntList NONE = new IntList();

    private int[] values = new int[2];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return values[index];
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /// The last one takes its place.
    void remove(int value) {
        for (int index = 0; index < size; index++) {
            if (values[index] == value) {
                values[index] = values[--size];
                return;
            }
        }
    }
}
