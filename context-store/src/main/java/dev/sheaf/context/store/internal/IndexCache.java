package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.StreamId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The sparse indexes of the segments that were read or written last; the others are made again by
/// reading headers when they are needed. Safe for several threads.
public final class IndexCache {
    private static final int SEGMENTS_MAX = 32;

    private record Key(long firstPosition, int generation) {}

    private @Nullable Key activeKey;
    private @Nullable SparseIndex active;

    private final Map<Key, SparseIndex> indexes =
            new LinkedHashMap<>(SEGMENTS_MAX, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, SparseIndex> eldest) {
                    return size() > SEGMENTS_MAX;
                }
            };

    /// Names the segment that is appended to; its index is never dropped.
    public synchronized void activate(SegmentHeader header, SparseIndex index) {
        if (activeKey != null && active != null) {
            indexes.put(activeKey, active);
        }
        activeKey = new Key(header.firstPosition(), header.generation());
        active = index;
    }

    /// Where in a segment to begin reading these streams; empty when it has none of them.
    ///
    /// @param header as it is in the opened file, which may be newer than what the segment says
    Optional<SparseIndex.Place> start(
            Segment segment, SegmentHeader header, FileChannel channel, Map<StreamId, Long> from)
            throws IOException {
        SparseIndex index = index(segment, header, channel);
        return from.entrySet().stream()
                .flatMap(entry -> index.floor(entry.getKey(), entry.getValue()).stream())
                .min(Comparator.comparingLong(SparseIndex.Place::offset));
    }

    private SparseIndex index(Segment segment, SegmentHeader header, FileChannel channel)
            throws IOException {
        Key key = new Key(header.firstPosition(), header.generation());
        synchronized (this) {
            SparseIndex known = key.equals(activeKey) ? active : indexes.get(key);
            if (known != null) {
                return known;
            }
        }
        SparseIndex made = new SparseIndex();
        SegmentReader reader =
                new SegmentReader(
                        channel,
                        segment.file(),
                        header.salt(),
                        SegmentHeader.BYTES,
                        channel.size());
        while (reader.next() == SegmentReader.Step.RECORD) {
            RecordHeader record = reader.header();
            if (record.type() == RecordType.EVENTS) {
                made.add(
                        new StreamId(record.group(), record.actor()),
                        record.first(),
                        reader.offset(),
                        record.position(),
                        RecordHeader.sizeOf(record.length()));
            }
        }
        synchronized (this) {
            indexes.put(key, made);
        }
        return made;
    }
}
