package dev.sheaf.engine.internal;

import java.io.IOException;
import java.io.OutputStream;

/// Turns a byte stream into CHUNK frames of one request. For one thread.
public final class ChunkOutput extends OutputStream {
    private static final int CHUNK_BYTES = 256 << 10;

    private final FrameWriter frames;
    private final int request;
    private final byte[] buffer = new byte[CHUNK_BYTES];
    private int used;

    public ChunkOutput(FrameWriter frames, int request) {
        this.frames = frames;
        this.request = request;
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
            frames.write(FrameType.CHUNK, request, buffer, used);
            used = 0;
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
