package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.StreamId;

import java.util.Arrays;
import java.util.Map;

/// Where each stream ended at one moment, in sixteen bytes a stream, since every segment keeps one.
/// Immutable.
public final class StreamLasts {
    private final long[] streams;
    private final long[] lasts;

    StreamLasts(Map<StreamId, Long> known) {
        streams = known.keySet().stream().mapToLong(StreamLasts::key).sorted().toArray();
        lasts = new long[streams.length];
        known.forEach((stream, last) -> lasts[Arrays.binarySearch(streams, key(stream))] = last);
    }

    private static long key(StreamId stream) {
        return (long) stream.group() << Integer.SIZE | stream.actor();
    }

    /// 0 for a stream that had not begun.
    public long last(StreamId stream) {
        int found = Arrays.binarySearch(streams, key(stream));
        return found < 0 ? 0 : lasts[found];
    }

    /// Whether every stream that went on since then is at or below these numbers.
    ///
    /// @param released streams that are not named may not have gone on
    public boolean isReleasedSince(StreamLasts earlier, Map<StreamId, Long> released) {
        for (int i = 0; i < streams.length; i++) {
            StreamId stream = new StreamId((int) (streams[i] >>> Integer.SIZE), (int) streams[i]);
            if (lasts[i] > earlier.last(stream) && lasts[i] > released.getOrDefault(stream, 0L)) {
                return false;
            }
        }
        return true;
    }
}
