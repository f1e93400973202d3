package dev.sheaf.context.store.internal;

import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.store.LogRecord;
import dev.sheaf.context.store.RecordRewriter;
import dev.sheaf.context.store.StreamId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Rewrites one closed segment, record by record, into a file that takes its place. Nothing is
/// written as long as nothing changes. For one use by one thread.
public final class Scrubber implements AutoCloseable {
    private final SegmentFolder folder;
    private final Segment segment;
    private final Path unfinished;
    private @Nullable FileChannel target;
    private long targetOffset;
    private long replaced;

    public Scrubber(SegmentFolder folder, Segment segment) {
        this.folder = folder;
        this.segment = segment;
        this.unfinished = SegmentFolder.unfinished(segment.file());
    }

    /// Rewrites what the rewriter changes.
    ///
    /// @return the segment as it is now
    public Segment run(RecordRewriter rewriter) throws IOException {
        Path file = segment.file();
        try (FileChannel source = folder.open(file, StandardOpenOption.READ)) {
            SegmentHeader header = SegmentHeader.read(source, file);
            SegmentReader reader =
                    new SegmentReader(
                            source, file, header.salt(), SegmentHeader.BYTES, source.size());
            RecordHeader encoder = new RecordHeader(header.salt());
            while (reader.next() == SegmentReader.Step.RECORD) {
                rewrite(source, header, reader, encoder, rewriter);
            }
            if (reader.offset() != source.size()) {
                throw Disk.damaged(file, reader.offset(), "there is no valid record");
            }
            FileChannel written = target;
            if (written == null) {
                return segment;
            }
            written.force(true);
            folder.publish(unfinished, file);
            return new Segment(file, header.rewritten(), segment.lastsBefore());
        }
    }

    /// How many records were replaced.
    public long replaced() {
        return replaced;
    }

    private void rewrite(
            FileChannel source,
            SegmentHeader header,
            SegmentReader reader,
            RecordHeader encoder,
            RecordRewriter rewriter)
            throws IOException {
        RecordHeader record = reader.header();
        byte[] payload =
                reader.payload()
                        .orElseThrow(() ->
                                Disk.damaged(
                                        reader.file(),
                                        reader.offset(),
                                        "the payload has a wrong checksum"));
        byte[] kept = payload;
        if (record.type() == RecordType.EVENTS) {
            kept =
                    rewriter.rewrite(
                            new LogRecord(
                                    record.position(),
                                    new StreamId(record.group(), record.actor()),
                                    record.first(),
                                    record.last(),
                                    payload));
        }
        if (kept != payload) {
            replaced++;
            begin(source, header, reader.offset());
        }
        FileChannel written = target;
        if (written != null) {
            write(written, encoder, record, kept);
        }
    }

    private void write(
            FileChannel written, RecordHeader encoder, RecordHeader record, byte[] payload)
            throws IOException {
        if (payload.length > EventLog.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a replacement of " + payload.length + " bytes is too long");
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(RecordHeader.sizeOf(payload.length))
                        .order(ByteOrder.LITTLE_ENDIAN);
        encoder.put(
                bytes,
                record.type(),
                record.position(),
                record.position() - record.syncedBefore(),
                record.group(),
                record.actor(),
                record.first(),
                record.last(),
                payload,
                0,
                payload.length);
        SegmentFolder.writeAll(written, bytes.flip(), targetOffset);
        targetOffset += bytes.limit();
    }

    /// Starts the new file, with everything before the first record that changes.
    private void begin(FileChannel source, SegmentHeader header, long offset) throws IOException {
        if (target != null) {
            return;
        }
        FileChannel opened =
                folder.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        target = opened;
        SegmentFolder.copy(source, opened, offset);
        SegmentFolder.writeAll(opened, header.rewritten().toBytes(), 0);
        targetOffset = offset;
    }

    @Override
    public void close() throws IOException {
        FileChannel written = target;
        if (written != null) {
            written.close();
            Files.deleteIfExists(unfinished);
        }
    }
}
