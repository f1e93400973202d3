package dev.sheaf.engine.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads frames. For one thread at a time.
public final class FrameReader {
    private static final int PAYLOAD_BYTES_MAX = 256 << 20;
    private static final int BUFFER_BYTES = 64 << 10;

    private final DataInputStream in;

    public FrameReader(InputStream in) {
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    }

    /// The next frame, or empty at the end of the stream, be it between frames or within one.
    public Optional<Frame> read() throws IOException {
        try {
            int length = in.readInt();
            if (length < 0 || length > PAYLOAD_BYTES_MAX) {
                throw new IOException("a frame of " + length + " bytes: the stream is damaged");
            }
            FrameType type = FrameType.of(in.readUnsignedByte());
            int request = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return Optional.of(new Frame(type, request, payload));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }
}
