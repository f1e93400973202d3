package dev.sheaf.context.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// Walks over the records of one segment file through a buffer of 64 KiB. It opens and closes
/// nothing. For one thread.
public final class SegmentReader {
    private static final int BUFFER_BYTES = 64 << 10;

    /// What is at the place the reader moved to.
    public enum Step {
        /// A record with a valid header.
        RECORD,
        /// Nothing: the file's end, or room that was never written.
        END,
        /// Something that is no record.
        DAMAGED
    }

    private final FileChannel channel;
    private final Path file;
    private final long endOffset;
    private final RecordHeader header;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long bufferOffset;
    private long offset;
    private long nextOffset;

    /// @param offset of a record
    /// @param endOffset where the readable part of the file ends
    public SegmentReader(FileChannel channel, Path file, long salt, long offset, long endOffset) {
        this.channel = channel;
        this.file = file;
        this.header = new RecordHeader(salt);
        this.nextOffset = offset;
        this.endOffset = endOffset;
    }

    /// Moves to the next record.
    Step next() throws IOException {
        offset = nextOffset;
        if (offset == endOffset) {
            return Step.END;
        }
        if (endOffset - offset < RecordHeader.BYTES) {
            return isZero(offset, endOffset) ? Step.END : Step.DAMAGED;
        }
        int at = buffered(offset, RecordHeader.BYTES);
        if (!header.read(buffer, at)) {
            return isZero(offset, offset + RecordHeader.BYTES) ? Step.END : Step.DAMAGED;
        }
        nextOffset = offset + RecordHeader.sizeOf(header.length());
        return nextOffset <= endOffset ? Step.RECORD : Step.DAMAGED;
    }

    /// The header of the record it moved to; overwritten by the next move.
    RecordHeader header() {
        return header;
    }

    /// Where it moved to.
    long offset() {
        return offset;
    }

    long nextOffset() {
        return nextOffset;
    }

    Path file() {
        return file;
    }

    /// The payload of the record it moved to, or nothing if its checksum says otherwise.
    Optional<byte[]> payload() throws IOException {
        byte[] payload = new byte[header.length()];
        long from = offset + RecordHeader.BYTES;
        if (payload.length <= BUFFER_BYTES) {
            buffer.get(buffered(from, payload.length), payload);
        } else {
            ByteBuffer whole = ByteBuffer.wrap(payload);
            while (whole.hasRemaining()) {
                if (channel.read(whole, from + whole.position()) < 0) {
                    return Optional.empty();
                }
            }
        }
        return header.fits(payload) ? Optional.of(payload) : Optional.empty();
    }

    /// Looks for a valid record header between here and the end, at any aligned place after the one
    /// it moved to, whose writer knew that a position was synced already.
    ///
    /// @return whether there is one, which means that what should be here was durable once
    boolean knowsSynced(long position) throws IOException {
        long place = offset + Long.BYTES;
        RecordHeader candidate = header;
        for (; place + RecordHeader.BYTES <= endOffset; place += Long.BYTES) {
            int at = buffered(place, RecordHeader.BYTES);
            if (buffer.getLong(at) != 0
                    && candidate.read(buffer, at)
                    && candidate.syncedBefore() >= position) {
                return true;
            }
        }
        return false;
    }

    boolean isZero(long from, long to) throws IOException {
        for (long place = from; place < to; ) {
            int length = (int) Math.min(to - place, BUFFER_BYTES);
            int at = buffered(place, length);
            for (int i = 0; i < length; i++) {
                if (buffer.get(at + i) != 0) {
                    return false;
                }
            }
            place += length;
        }
        return true;
    }

    /// Makes a range of the file readable.
    ///
    /// @return its index in the buffer
    private int buffered(long from, int length) throws IOException {
        if (from < bufferOffset || from + length > bufferOffset + buffer.limit()) {
            bufferOffset = from;
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, Math.max(endOffset - from, 0)));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // Short reads are completed; the file's end ends the loop.
            }
            buffer.flip();
            if (buffer.limit() < length) {
                throw new IOException("the file ends at " + (from + buffer.limit()));
            }
        }
        return (int) (from - bufferOffset);
    }
}
