package dev.sheaf.engine.internal;

import java.io.IOException;
import java.io.OutputStream;

/// Cuts a byte stream into the payloads of frames. For one thread.
public final class ChunkOutput extends OutputStream {
    private static final int CHUNK_BYTES = 256 << 10;

    /// Where the frames go.
    @FunctionalInterface
    public interface Frames {
        /// @param payload to be sent before this returns, as it is used again
        /// @param length how much of it
        void write(byte[] payload, int length) throws IOException;
    }

    private final Frames frames;
    private final byte[] buffer = new byte[CHUNK_BYTES];
    private int used;

    public ChunkOutput(Frames frames) {
        this.frames = frames;
    }

    /// CHUNK frames of a request.
    public ChunkOutput(FrameWriter answers, int request) {
        this((payload, length) -> answers.write(FrameType.CHUNK, request, payload, length));
    }

    @Override
    public void write(int value) throws IOException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (used == buffer.length) {
                flush();
            }
            int part = Math.min(left, buffer.length - used);
            System.arraycopy(bytes, from, buffer, used, part);
            used += part;
            from += part;
            left -= part;
        }
    }

    @Override
    public void flush() throws IOException {
        if (used > 0) {
            frames.write(buffer, used);
            used = 0;
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
