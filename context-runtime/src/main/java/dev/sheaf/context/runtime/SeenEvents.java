package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateCursor;
import dev.sheaf.context.store.StateEntry;
import dev.sheaf.context.store.StateStore;
import dev.sheaf.context.store.Table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/// The events of one group that were applied lately, by 128 bits of hash of document and event id,
/// each with its dot. Two generations of one capacity: the older is forgotten when the younger is
/// full. What is forgotten here is still in the state store until it expires.
///
/// For one thread.
final class SeenEvents {
    private static final long SECOND_BASIS = 0x9ae16a3b2f90404fL;

    private final int capacity;
    private Generation young;
    private Generation old;
    private long[] recent = new long[96];
    private int recentSize;
    private long chunk;
    private final ArrayDeque<Integer> sizes = new ArrayDeque<>();

    /// What an event id is reduced to.
    record Key(long high, long low) {
        static Key of(DocumentKey document, String eventId) {
            String documentId = document.id();
            long high = Shards.fnv(Shards.hash(document.type(), documentId), eventId);
            long low = Shards.fnv(SECOND_BASIS ^ high, eventId);
            return new Key(Shards.mix(high), Shards.mix(low ^ Shards.hash(eventId, documentId)));
        }

        static Key of(Event event) {
            return of(new DocumentKey(event.type(), event.documentId()), event.eventId());
        }

        byte[] bytes() {
            return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        }
    }

    /// As large as what it holds asks for: most groups of a node see few events.
    private static final class Generation {
        private static final int FIRST_SLOTS = 16;

        private long[] cells = new long[FIRST_SLOTS * 3];
        private int mask = FIRST_SLOTS - 1;
        private int size;

        long get(Key key) {
            return cells[slotOf(key.high, key.low) * 3 + 2];
        }

        void put(Key key, long dot) {
            if (set(key.high, key.low, dot) && size * 2 > mask) {
                grow();
            }
        }

        private boolean set(long high, long low, long dot) {
            int cell = slotOf(high, low) * 3;
            if (cells[cell + 2] != 0) {
                return false;
            }
            cells[cell] = high;
            cells[cell + 1] = low;
            cells[cell + 2] = dot;
            size++;
            return true;
        }

        /// The slot that holds the key, or the free one where it belongs.
        private int slotOf(long high, long low) {
            int slot = (int) low & mask;
            while (cells[slot * 3 + 2] != 0
                    && (cells[slot * 3] != high || cells[slot * 3 + 1] != low)) {
                slot = slot + 1 & mask;
            }
            return slot;
        }

        private void grow() {
            long[] before = cells;
            cells = new long[before.length * 2];
            mask = mask * 2 + 1;
            size = 0;
            for (int cell = 0; cell < before.length; cell += 3) {
                if (before[cell + 2] != 0) {
                    set(before[cell], before[cell + 1], before[cell + 2]);
                }
            }
        }

        void clear() {
            Arrays.fill(cells, 0);
            size = 0;
        }
    }

    /// @param capacity of each generation
    SeenEvents(int capacity) {
        this.capacity = capacity;
        this.young = new Generation();
        this.old = new Generation();
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
        if (recentSize + 3 > recent.length) {
            recent = Arrays.copyOf(recent, recent.length * 2);
        }
        recent[recentSize++] = key.high;
        recent[recentSize++] = key.low;
        recent[recentSize++] = dot;
    }

    /// Puts what came since the last call into the batch, in a chunk of its own; the oldest chunks
    /// go when all that memory can hold is in younger ones.
    void writeRecent(int group, StateBatch batch) {
        if (recentSize == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(recentSize * Long.BYTES);
        bytes.asLongBuffer().put(recent, 0, recentSize);
        recentSize = 0;
        batch.put(Table.META, chunkKey(group, chunk), bytes.array());
        sizes.add(bytes.capacity() / (3 * Long.BYTES));
        chunk++;
        while (sizes.size() > 1 && total() - sizes.peek() >= 2 * capacity) {
            batch.delete(Table.META, chunkKey(group, chunk - sizes.size()));
            sizes.remove();
        }
    }

    private int total() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    /// Takes in what was kept before a restart.
    void readKept(int group, StateStore state) {
        byte[] prefix = chunkKey(group, 0);
        byte[] groupPrefix = Arrays.copyOf(prefix, prefix.length - Long.BYTES);
        try (StateCursor cursor = state.scan(Table.META, groupPrefix, groupPrefix)) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                byte[] key = next.get().key();
                chunk = ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong() + 1;
                ByteBuffer bytes = ByteBuffer.wrap(next.get().value());
                sizes.add(bytes.remaining() / (3 * Long.BYTES));
                while (bytes.remaining() >= 3 * Long.BYTES) {
                    put(new Key(bytes.getLong(), bytes.getLong()), bytes.getLong());
                }
            }
        }
        recentSize = 0;
    }

    /// Puts the removal of everything that was kept into the batch.
    void forgetKept(int group, StateBatch batch) {
        batch.deleteRange(Table.META, chunkKey(group, 0), chunkKey(group, Long.MAX_VALUE));
    }

    private static byte[] chunkKey(int group, long number) {
        byte[] name = ("seen/" + group + "/").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Long.BYTES).put(name).putLong(number).array();
    }
}
