package dev.sheaf.lineage;

import java.util.Arrays;

/// Places of the graph in the order in which they were reached, each once, with how. A place is a
/// column, a dataset or an owner. For one walk.
final class Visits {
    static final int COLUMN = 0;
    static final int DATASET = 1;
    static final int OWNER = 2;

    private long[] places = new long[256];
    private int[] parents = new int[256];
    private int[] vias = new int[256];
    private int[] ways = new int[256];
    private int[] depths = new int[256];
    private int size;
    private int[] table = new int[1024];

    int size() {
        return size;
    }

    int kind(int index) {
        return (int) (places[index] >>> 32);
    }

    int id(int index) {
        return (int) places[index];
    }

    /// -1 for the start.
    int parent(int index) {
        return parents[index];
    }

    /// The owner by which it was reached; -1 when by none.
    int via(int index) {
        return vias[index];
    }

    int way(int index) {
        return ways[index];
    }

    int depth(int index) {
        return depths[index];
    }

    /// Notes a place unless it was reached before.
    void visit(int kind, int id, int parent, int via, int way, int depth) {
        long place = ((long) kind << 32) | id;
        int slot = slot(place);
        if (table[slot] != 0) {
            return;
        }
        if (size == places.length) {
            grow();
        }
        places[size] = place;
        parents[size] = parent;
        vias[size] = via;
        ways[size] = way;
        depths[size] = depth;
        size++;
        table[slot] = size;
        if (size * 2 > table.length) {
            rehash();
        }
    }

    private int slot(long place) {
        int mask = table.length - 1;
        int slot = (int) ((place * 0x9E3779B97F4A7C15L) >>> 33) & mask;
        while (table[slot] != 0 && places[table[slot] - 1] != place) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int length = size * 2;
        places = Arrays.copyOf(places, length);
        parents = Arrays.copyOf(parents, length);
        vias = Arrays.copyOf(vias, length);
        ways = Arrays.copyOf(ways, length);
        depths = Arrays.copyOf(depths, length);
    }

    private void rehash() {
        table = new int[table.length * 2];
        for (int index = 0; index < size; index++) {
            table[slot(places[index])] = index + 1;
        }
    }
}
