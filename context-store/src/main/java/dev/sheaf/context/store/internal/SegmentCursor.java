package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.LogCursor;
import dev.sheaf.context.store.LogRecord;
import dev.sheaf.context.store.StreamId;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads records out of a row of segments, either of some streams or all after a position.
public final class SegmentCursor implements LogCursor {
    private final SegmentFolder folder;
    private final List<Segment> segments;
    private final Wanted wanted;
    private final IndexCache indexes;
    private final long limitPosition;
    private int segmentIndex = -1;
    private @Nullable FileChannel channel;
    private @Nullable SegmentReader reader;
    private long position;

    /// Which records to hand out.
    public sealed interface Wanted {
        /// Of these streams, from these sequence numbers on.
        record Streams(Map<StreamId, Long> from) implements Wanted {}

        /// All above a position.
        record Above(long position) implements Wanted {}
    }

    /// @param segments the first is where the first wanted record is
    /// @param limitPosition the last position to hand out
    public SegmentCursor(
            SegmentFolder folder,
            List<Segment> segments,
            Wanted wanted,
            IndexCache indexes,
            long limitPosition) {
        this.folder = folder;
        this.segments = segments;
        this.wanted = wanted;
        this.indexes = indexes;
        this.limitPosition = limitPosition;
        this.position =
                segments.isEmpty() ? limitPosition : segments.getFirst().firstPosition() - 1;
    }

    @Override
    public Optional<LogRecord> next() {
        try {
            while (position < limitPosition) {
                SegmentReader current = reader;
                if (current == null) {
                    openNext();
                } else if (current.next() == SegmentReader.Step.RECORD) {
                    Optional<LogRecord> record = take(current);
                    if (record.isPresent()) {
                        return record;
                    }
                } else {
                    leave(current);
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "the log was cut after position " + position + " while it was read: read again",
                    e);
        } catch (IOException e) {
            throw Disk.failed("reading", segments.get(segmentIndex).file(), e);
        }
    }

    private Optional<LogRecord> take(SegmentReader current) throws IOException {
        RecordHeader header = current.header();
        if (header.type().takesPosition()) {
            position++;
        }
        if (header.position() != position) {
            throw Disk.damaged(
                    current.file(),
                    current.offset(),
                    "it has position " + header.position() + " where " + position + " is expected");
        }
        if (header.type() != RecordType.EVENTS) {
            return Optional.empty();
        }
        StreamId stream = new StreamId(header.group(), header.actor());
        if (!wants(stream, header.last())) {
            return Optional.empty();
        }
        byte[] payload =
                current.payload()
                        .orElseThrow(() ->
                                Disk.damaged(
                                        current.file(),
                                        current.offset(),
                                        "the payload has a wrong checksum"));
        return Optional.of(new LogRecord(position, stream, header.first(), header.last(), payload));
    }

    private boolean wants(StreamId stream, long lastSequence) {
        return switch (wanted) {
            case Wanted.Above above -> position > above.position();
            case Wanted.Streams streams -> {
                Long from = streams.from().get(stream);
                yield from != null && lastSequence >= from;
            }
        };
    }

    /// At the end of a segment: of a whole one, or there is damage.
    private void leave(SegmentReader current) throws IOException {
        long size = channel == null ? 0 : channel.size();
        boolean whole =
                segmentIndex + 1 < segments.size()
                        && current.offset() == size
                        && segments.get(segmentIndex + 1).firstPosition() == position + 1;
        if (!whole) {
            throw Disk.damaged(
                    current.file(),
                    current.offset(),
                    "there is no valid record of position " + (position + 1));
        }
        close();
    }

    private void openNext() throws IOException {
        segmentIndex++;
        while (segmentIndex + 1 < segments.size() && !mayHold(segmentIndex)) {
            segmentIndex++;
        }
        Segment segment = segments.get(segmentIndex);
        FileChannel opened = folder.open(segment.file(), StandardOpenOption.READ);
        channel = opened;
        SegmentHeader header = SegmentHeader.read(opened, segment.file());
        long offset = SegmentHeader.BYTES;
        position = segment.firstPosition() - 1;
        if (wanted instanceof Wanted.Streams streams) {
            Optional<SparseIndex.Place> start =
                    indexes.start(segment, header, opened, streams.from());
            if (start.isEmpty() || start.get().position() > limitPosition) {
                skip(start.isPresent());
                return;
            }
            offset = start.get().offset();
            position = start.get().position() - 1;
        }
        reader = new SegmentReader(opened, segment.file(), header.salt(), offset, opened.size());
    }

    /// Past a segment that has nothing that is wanted.
    private void skip(boolean beyondLimit) {
        close();
        if (beyondLimit || segmentIndex + 1 == segments.size()) {
            position = limitPosition;
        }
    }

    private boolean mayHold(int index) {
        return switch (wanted) {
            case Wanted.Above above ->
                    segments.get(index + 1).firstPosition() - 1 > above.position();
            case Wanted.Streams streams ->
                    streams.from().entrySet().stream()
                            .anyMatch(entry -> {
                                long last = segments.get(index + 1).lastBefore(entry.getKey());
                                return last >= entry.getValue()
                                        && last > segments.get(index).lastBefore(entry.getKey());
                            });
        };
    }

    @Override
    public void close() {
        reader = null;
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw Disk.failed("closing", segments.get(segmentIndex).file(), e);
            }
        }
    }
}
