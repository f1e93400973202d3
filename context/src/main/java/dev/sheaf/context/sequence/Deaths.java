package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;

import java.util.Arrays;

/// Which change ended which positions, until all members are known to know. Each pair of a change
/// and what it ended is here, also where another change had ended it before: what may be dropped
/// must not depend on the order in which changes came.
final class Deaths {
    @FunctionalInterface
    interface Sink {
        void accept(long firstDot, int count);
    }

    private static final int FIELDS = 3;

    /// Triples: the ending change, the first position, the count.
    private long[] entries = new long[0];

    private int size;

    int size() {
        return size / FIELDS;
    }

    long by(int entry) {
        return entries[entry * FIELDS];
    }

    long firstDot(int entry) {
        return entries[entry * FIELDS + 1];
    }

    int count(int entry) {
        return (int) entries[entry * FIELDS + 2];
    }

    void add(long by, long firstDot, int count) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2 + FIELDS);
        }
        entries[size] = by;
        entries[size + 1] = firstDot;
        entries[size + 2] = count;
        size += FIELDS;
    }

    /// Shows the positions whose end this cut covers, and forgets them if asked to.
    void covered(VersionVector cut, boolean forget, Sink sink) {
        int kept = 0;
        for (int at = 0; at < size; at += FIELDS) {
            long first = entries[at + 1];
            int count = (int) entries[at + 2];
            if (cut.covers(entries[at]) && cut.covers(first + count - 1)) {
                sink.accept(first, count);
                if (forget) {
                    continue;
                }
            }
            System.arraycopy(entries, at, entries, kept, FIELDS);
            kept += FIELDS;
        }
        size = kept;
        if (size == 0) {
            entries = new long[0];
        }
    }

    /// Shows the changes that ended this position.
    void of(long dot, Sink sink) {
        for (int at = 0; at < size; at += FIELDS) {
            if (dot >= entries[at + 1] && dot < entries[at + 1] + entries[at + 2]) {
                sink.accept(entries[at], 1);
            }
        }
    }

    Deaths copy() {
        Deaths copy = new Deaths();
        copy.entries = Arrays.copyOf(entries, size);
        copy.size = size;
        return copy;
    }

    @Override
    public String toString() {
        return size() + " deaths, first by " + (size == 0 ? "none" : Dot.sequence(entries[0]));
    }
}
