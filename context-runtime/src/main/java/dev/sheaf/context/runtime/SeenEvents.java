package dev.sheaf.context.runtime;

import java.util.Arrays;

/// The events of one group that were applied lately, by 128 bits of hash of document and event id, each
/// with its dot. Two generations of fixed size: the older is forgotten when the younger is full. What is
/// forgotten here is still in the state store until it expires.
///
/// For one thread.
final class SeenEvents {
    private static final long SECOND_BASIS = 0x9ae16a3b2f90404fL;

    private final int capacity;
    private Generation young;
    private Generation old;

    /// What an event id is reduced to.
    record Key(long high, long low) {
        static Key of(String type, String documentId, String eventId) {
            long high = Shards.fnv(Shards.hash(type, documentId), eventId);
            long low = Shards.fnv(SECOND_BASIS ^ high, eventId);
            return new Key(Shards.mix(high), Shards.mix(low ^ Shards.hash(eventId, documentId)));
        }

        byte[] bytes() {
            return java.nio.ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        }
    }

    private static final class Generation {
        private final long[] cells;
        private final int mask;
        private int size;

        Generation(int capacity) {
            int slots = Integer.highestOneBit(Math.max(8, capacity) * 2 - 1) * 2;
            this.cells = new long[slots * 3];
            this.mask = slots - 1;
        }

        long get(Key key) {
            for (int slot = (int) key.low & mask; ; slot = slot + 1 & mask) {
                long dot = cells[slot * 3 + 2];
                if (dot == 0 || cells[slot * 3] == key.high && cells[slot * 3 + 1] == key.low) {
                    return dot;
                }
            }
        }

        void put(Key key, long dot) {
            int slot = (int) key.low & mask;
            while (cells[slot * 3 + 2] != 0) {
                if (cells[slot * 3] == key.high && cells[slot * 3 + 1] == key.low) {
                    return;
                }
                slot = slot + 1 & mask;
            }
            cells[slot * 3] = key.high;
            cells[slot * 3 + 1] = key.low;
            cells[slot * 3 + 2] = dot;
            size++;
        }

        void clear() {
            Arrays.fill(cells, 0);
            size = 0;
        }
    }

    /// @param capacity of each generation
    SeenEvents(int capacity) {
        this.capacity = capacity;
        this.young = new Generation(capacity);
        this.old = new Generation(capacity);
    }

    /// The dot of the event, or 0 when it is not known here.
    long get(Key key) {
        long dot = young.get(key);
        return dot != 0 ? dot : old.get(key);
    }

    void put(Key key, long dot) {
        if (young.size == capacity) {
            Generation emptied = old;
            old = young;
            young = emptied;
            young.clear();
        }
        young.put(key, dot);
    }
}
