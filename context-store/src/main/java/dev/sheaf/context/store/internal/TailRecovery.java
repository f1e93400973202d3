package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.StreamId;
import dev.sheaf.context.store.TornTail;
import dev.sheaf.kernel.Problem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Opens a log's last segment after whatever ended the last process: reads every record, tells a
/// torn tail from damage, cuts the tail, and leaves the segment ready to be appended to.
///
/// @param lastPosition of the last whole record, or of the segment before
/// @param torn what was cut
public record TailRecovery(
        ActiveSegment active, LogCatalog catalog, long lastPosition, Optional<TornTail> torn) {

    /// Opens the segment.
    ///
    /// @throws Problem STORAGE_FAILED when something that was durable once is damaged
    public static TailRecovery run(
            SegmentFolder folder, Segment last, long segmentBytes, int buffer) throws IOException {
        Path file = last.file();
        FileChannel channel = folder.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            LogCatalog catalog = folder.snapshot(channel, file, last.header());
            SparseIndex index = new SparseIndex();
            long size = channel.size();
            SegmentReader reader =
                    new SegmentReader(
                            channel, file, last.header().salt(), SegmentHeader.BYTES, size);
            long position = scan(reader, last.firstPosition() - 1, catalog, index);
            long end = reader.offset();
            Optional<TornTail> torn = Optional.empty();
            if (!reader.isZero(end, size)) {
                if (reader.knowsSynced(position + 1)) {
                    throw Disk.damaged(
                            file,
                            end,
                            "the record at position "
                                    + (position + 1)
                                    + " is invalid, and later ones show that it was synced");
                }
                torn = Optional.of(new TornTail(file, end, size - end));
                channel.truncate(end);
            }
            SegmentFolder.extend(channel, Math.max(segmentBytes, end));
            channel.force(true);
            ActiveSegment active =
                    new ActiveSegment(last, channel, index, end, channel.size(), buffer);
            return new TailRecovery(active, catalog, position, torn);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Reads records as long as they are whole; the reader stays at the first that is not.
    private static long scan(
            SegmentReader reader, long before, LogCatalog catalog, SparseIndex index)
            throws IOException {
        long position = before;
        while (reader.next() == SegmentReader.Step.RECORD) {
            RecordHeader header = reader.header();
            Optional<byte[]> payload = reader.payload();
            if (payload.isEmpty()) {
                return position;
            }
            if (header.type().takesPosition()) {
                position++;
            }
            if (header.position() != position) {
                throw Disk.damaged(
                        reader.file(),
                        reader.offset(),
                        "it has position "
                                + header.position()
                                + " where "
                                + position
                                + " is expected");
            }
            note(reader, payload.get(), catalog, index);
        }
        return position;
    }

    private static void note(
            SegmentReader reader, byte[] payload, LogCatalog catalog, SparseIndex index) {
        RecordHeader header = reader.header();
        try {
            switch (header.type()) {
                case EVENTS -> {
                    StreamId stream = new StreamId(header.group(), header.actor());
                    catalog.check(stream, header.first(), header.last());
                    catalog.advance(stream, header.first(), header.last());
                    index.add(
                            stream,
                            header.first(),
                            reader.offset(),
                            header.position(),
                            RecordHeader.sizeOf(payload.length));
                }
                case META -> catalog.putMeta(payload);
                case RESTART ->
                        catalog.restart(
                                new StreamId(header.group(), header.actor()), header.first());
                case SNAPSHOT, SYNCED -> {
                    // Nothing new: the snapshot was read before, and the mark only ends a file.
                }
            }
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw Disk.damaged(reader.file(), reader.offset(), "its record makes no sense: " + e);
        }
    }
}
