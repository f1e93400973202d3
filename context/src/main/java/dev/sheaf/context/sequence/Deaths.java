package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;

import java.util.Arrays;

/// Which change ended which positions, until all members are known to know. Each pair of a change
/// and what it ended is here, also where another change had ended it before: what may be dropped
/// must not depend on the order in which changes came.
///
/// A row of single removals in which change and position go on by one, as holding down a key makes
/// them, is one entry.
final class Deaths {
    @FunctionalInterface
    interface Sink {
        void accept(long dot, int count);
    }

    private static final int FIELDS = 3;
    private static final int KIND_BITS = 2;
    private static final int KIND_MASK = 0b11;

    /// One change ended all positions.
    private static final int WHOLE = 0;

    /// Change n of the row ended the nth position going up, or going down.
    private static final int UP = 1;

    private static final int DOWN = 2;

    /// Triples: the first change, the first position, the count and kind.
    private long[] entries = new long[0];

    private int size;

    int size() {
        return size / FIELDS;
    }

    void add(long by, long firstDot, int count) {
        if (size > 0 && count == 1 && extendsLast(size - FIELDS, by, firstDot)) {
            return;
        }
        append(by, firstDot, (long) count << KIND_BITS | WHOLE);
    }

    private boolean extendsLast(int last, long by, long dot) {
        long count = entries[last + 2] >> KIND_BITS;
        int kind = (int) entries[last + 2] & KIND_MASK;
        if (by != entries[last] + count || count > 1 && kind == WHOLE) {
            return false;
        }
        boolean up = kind != DOWN && dot == entries[last + 1] + count;
        boolean down = kind != UP && dot == entries[last + 1] - count;
        if (up || down) {
            entries[last + 2] = (count + 1) << KIND_BITS | (up ? UP : DOWN);
        }
        return up || down;
    }

    private void append(long by, long firstDot, long countAndKind) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2 + FIELDS);
        }
        entries[size] = by;
        entries[size + 1] = firstDot;
        entries[size + 2] = countAndKind;
        size += FIELDS;
    }

    /// Shows the positions whose end this cut covers, and forgets them if asked to.
    void covered(VersionVector cut, boolean forget, Sink sink) {
        int kept = 0;
        for (int at = 0; at < size; at += FIELDS) {
            long by = entries[at];
            long dot = entries[at + 1];
            int count = (int) (entries[at + 2] >> KIND_BITS);
            int kind = (int) entries[at + 2] & KIND_MASK;
            int step = kind == DOWN ? -1 : 1;
            int done = 0;
            if (kind == WHOLE) {
                done = cut.covers(by) && cut.covers(dot + count - 1) ? count : 0;
            } else {
                while (done < count && cut.covers(by + done) && cut.covers(dot + step * done)) {
                    done++;
                }
            }
            if (done > 0) {
                sink.accept(kind == DOWN ? dot - done + 1 : dot, done);
            }
            int forgotten = forget ? done : 0;
            if (forgotten < count) {
                entries[kept] = kind == WHOLE ? by : by + forgotten;
                entries[kept + 1] = dot + (long) step * forgotten;
                entries[kept + 2] = (long) (count - forgotten) << KIND_BITS | kind;
                kept += FIELDS;
            }
        }
        size = kept;
        if (size == 0) {
            entries = new long[0];
        }
    }

    /// Shows the changes that ended this position.
    void of(long dot, Sink sink) {
        for (int at = 0; at < size; at += FIELDS) {
            int count = (int) (entries[at + 2] >> KIND_BITS);
            int kind = (int) entries[at + 2] & KIND_MASK;
            long number = kind == DOWN ? entries[at + 1] - dot : dot - entries[at + 1];
            if (number >= 0 && number < count) {
                sink.accept(kind == WHOLE ? entries[at] : entries[at] + number, 1);
            }
        }
    }

    Deaths copy() {
        Deaths copy = new Deaths();
        copy.entries = Arrays.copyOf(entries, size);
        copy.size = size;
        return copy;
    }

    void write(ByteWriter writer, DotWriter dots) {
        writer.varint(size());
        for (int at = 0; at < size; at += FIELDS) {
            dots.write(entries[at]);
            dots.write(entries[at + 1]);
            writer.varint(entries[at + 2]);
        }
    }

    static Deaths read(ByteReader reader, DotReader dots) {
        Deaths deaths = new Deaths();
        int entryCount = reader.size(reader.remaining());
        for (int entry = 0; entry < entryCount; entry++) {
            long by = dots.read();
            long first = dots.read();
            long countAndKind = reader.varint();
            long count = countAndKind >>> KIND_BITS;
            int kind = (int) countAndKind & KIND_MASK;
            if (count < 1 || count > Integer.MAX_VALUE || kind > DOWN) {
                throw reader.unreadable("an end of elements of an unknown kind");
            }
            Sequence.checkRun(kind == DOWN ? first - count + 1 : first, (int) count);
            Sequence.checkRun(by, kind == WHOLE ? 1 : (int) count);
            if (kind == DOWN && Dot.sequence(first) < count) {
                throw reader.unreadable("an end of elements below the first");
            }
            deaths.append(by, first, countAndKind);
        }
        return deaths;
    }

    @Override
    public String toString() {
        return size() + " rows of ends";
    }
}
