package dev.sheaf.node.links;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// One message of a stream: a whole frame or a part of a long one.
///
/// Written as number, count (4 bytes each) and the frame's length (4 bytes), big-endian, followed
/// by the part's bytes. All parts of a frame but the last have [#BYTES_MAX] bytes.
///
/// @param number from 0
/// @param frameBytes of the whole frame
/// @param bytes hold the part from `offset` on
record Part(int number, int count, int frameBytes, byte[] bytes, int offset, int length) {
    static final int BYTES_MAX = 4 << 20;
    static final int HEADER_BYTES = 12;

    static int count(int frameBytes) {
        return Math.max(1, Math.ceilDiv(frameBytes, BYTES_MAX));
    }

    static Part of(byte[] frame, int number) {
        int offset = number * BYTES_MAX;
        return new Part(
                number,
                count(frame.length),
                frame.length,
                frame,
                offset,
                Math.min(BYTES_MAX, frame.length - offset));
    }

    static MethodDescriptor.Marshaller<Part> marshaller() {
        return new Codec();
    }

    private static final class Codec implements MethodDescriptor.Marshaller<Part> {
        @Override
        public InputStream stream(Part part) {
            return new Written(part);
        }

        /// A message shorter than a header, or longer than any part, is no part of anything: number
        /// -1.
        @Override
        public Part parse(InputStream stream) {
            try {
                int available = stream.available();
                if (available < HEADER_BYTES || available > HEADER_BYTES + BYTES_MAX) {
                    return new Part(-1, 0, 0, new byte[0], 0, 0);
                }
                ByteBuffer header = ByteBuffer.wrap(stream.readNBytes(HEADER_BYTES));
                byte[] bytes = new byte[available - HEADER_BYTES];
                int read = stream.readNBytes(bytes, 0, bytes.length);
                return new Part(header.getInt(), header.getInt(), header.getInt(), bytes, 0, read);
            } catch (IOException e) {
                throw new UncheckedIOException("a received message is in memory", e);
            }
        }
    }

    /// Gives the transport the bytes without copying them first.
    private static final class Written extends InputStream implements KnownLength, Drainable {
        private final ByteArrayInputStream header;
        private final ByteArrayInputStream body;

        Written(Part part) {
            header =
                    new ByteArrayInputStream(
                            ByteBuffer.allocate(HEADER_BYTES)
                                    .putInt(part.number())
                                    .putInt(part.count())
                                    .putInt(part.frameBytes())
                                    .array());
            body = new ByteArrayInputStream(part.bytes(), part.offset(), part.length());
        }

        @Override
        public int available() {
            return header.available() + body.available();
        }

        @Override
        public int read() {
            int next = header.read();
            return next < 0 ? body.read() : next;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = header.read(target, offset, length);
            return count > 0 ? count : body.read(target, offset, length);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int count = available();
            header.transferTo(target);
            body.transferTo(target);
            return count;
        }
    }
}
