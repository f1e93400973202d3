package dev.sheaf.engine.internal;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes frames, each whole and at once. Safe for use by many threads; blocks while the other end
/// does not read.
public final class FrameWriter {
    private static final int BUFFER_BYTES = 64 << 10;

    private final DataOutputStream out;

    public FrameWriter(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER_BYTES));
    }

    public void write(FrameType type, int request, byte[] payload) throws IOException {
        write(type, request, payload, payload.length);
    }

    public void write(FrameType type, int request, String text) throws IOException {
        write(type, request, text.getBytes(StandardCharsets.UTF_8));
    }

    public synchronized void write(FrameType type, int request, byte[] payload, int length)
            throws IOException {
        out.writeInt(length);
        out.writeByte(type.ordinal());
        out.writeInt(request);
        out.write(payload, 0, length);
        out.flush();
    }
}
