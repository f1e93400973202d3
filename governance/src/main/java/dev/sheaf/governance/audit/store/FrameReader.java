package dev.sheaf.governance.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Reads the frames of a part of a segment file. For one thread; the caller closes the channel.
final class FrameReader {
    private static final int WINDOW_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long limit;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private long offset;

    /// What there was at a place.
    sealed interface Step {
        /// A frame, whose payload may be damaged.
        record Whole(Frame frame) implements Step {}

        /// The end of the part.
        record End() implements Step {}

        /// Something that is no frame, or the beginning of one.
        record Invalid(long offset) implements Step {}
    }

    FrameReader(FileChannel channel, long offset, long limit) {
        this.channel = channel;
        this.offset = offset;
        this.limit = limit;
    }

    /// The next frame; after one that is invalid, the same again.
    Step next() throws IOException {
        if (offset >= limit) {
            return new Step.End();
        }
        header.clear();
        if (limit - offset < Frame.HEADER_BYTES || !AuditDisk.read(channel, header, offset)) {
            return new Step.Invalid(offset);
        }
        Frame.Header head = Frame.header(header, 0);
        if (head == null || limit - offset - Frame.HEADER_BYTES < head.payloadBytes()) {
            return new Step.Invalid(offset);
        }
        ByteBuffer payload = ByteBuffer.allocate(head.payloadBytes());
        if (!AuditDisk.read(channel, payload, offset + Frame.HEADER_BYTES)) {
            return new Step.Invalid(offset);
        }
        boolean isIntact =
                Frame.checksum(payload, 0, head.payloadBytes()) == head.payloadChecksum();
        Frame frame =
                new Frame(
                        offset,
                        head.type(),
                        head.count(),
                        head.sequence(),
                        payload.array(),
                        isIntact);
        offset = frame.end();
        return new Step.Whole(frame);
    }

    /// Goes on at the first intact frame that begins after this place.
    ///
    /// @return whether there is one
    boolean resync(long after) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
        long start = after + 1;
        while (start + Frame.HEADER_BYTES <= limit) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, limit - start));
            if (!AuditDisk.read(channel, window, start)) {
                return false;
            }
            int last = window.limit() - Frame.HEADER_BYTES;
            for (int i = 0; i <= last; i++) {
                if (window.getLong(i) == Frame.MAGIC && isIntact(start + i)) {
                    offset = start + i;
                    return true;
                }
            }
            start += last + 1;
        }
        return false;
    }

    private boolean isIntact(long place) throws IOException {
        return new FrameReader(channel, place, limit).next() instanceof Step.Whole whole
                && whole.frame().isIntact();
    }
}
