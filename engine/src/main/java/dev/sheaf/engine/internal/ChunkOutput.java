package dev.sheaf.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Cuts bytes into the payloads of frames. For one thread.
public final class ChunkOutput implements WritableByteChannel {
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
    public int write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            if (used == buffer.length) {
                flush();
            }
            int part = Math.min(bytes.remaining(), buffer.length - used);
            bytes.get(buffer, used, part);
            used += part;
        }
        return length;
    }

    /// Sends what has been written.
    public void flush() throws IOException {
        if (used > 0) {
            frames.write(buffer, used);
            used = 0;
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
