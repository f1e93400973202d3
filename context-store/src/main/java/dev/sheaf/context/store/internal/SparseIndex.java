package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.StreamId;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a segment's streams are: of each the first record, and one more for every [#STEP_BYTES] of
/// its records. 24 bytes an entry. Safe for several threads.
public final class SparseIndex {
    public static final int STEP_BYTES = 64 << 10;

    private final Map<StreamId, Entries> streams = new HashMap<>();

    /// A record's place.
    record Place(long offset, long position) {}

    private static final class Entries {
        private long[] sequences = new long[2];
        private long[] offsets = new long[2];
        private long[] positions = new long[2];
        private int size;
        private long bytesSince;

        void add(long first, long offset, long position, int recordBytes) {
            if (size == 0 || bytesSince >= STEP_BYTES) {
                if (size == sequences.length) {
                    sequences = Arrays.copyOf(sequences, 2 * size);
                    offsets = Arrays.copyOf(offsets, 2 * size);
                    positions = Arrays.copyOf(positions, 2 * size);
                }
                sequences[size] = first;
                positions[size] = position;
                offsets[size++] = offset;
                bytesSince = 0;
            }
            bytesSince += recordBytes;
        }

        Place floor(long sequence) {
            int found = Arrays.binarySearch(sequences, 0, size, sequence);
            int floor = Math.max(found >= 0 ? found : -found - 2, 0);
            return new Place(offsets[floor], positions[floor]);
        }
    }

    public synchronized void add(
            StreamId stream, long first, long offset, long position, int recordBytes) {
        streams.computeIfAbsent(stream, key -> new Entries())
                .add(first, offset, position, recordBytes);
    }

    /// Where to start looking for a sequence number: a record at or before the one that has it, or
    /// empty when the segment has nothing of the stream.
    synchronized Optional<Place> floor(StreamId stream, long sequence) {
        Entries entries = streams.get(stream);
        return entries == null ? Optional.empty() : Optional.of(entries.floor(sequence));
    }
}
