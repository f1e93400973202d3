package dev.sheaf.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// The payloads of frames one behind the other, put into their reader's memory without a copy
/// between. For one thread at a time.
public abstract class ChunkInput implements ReadableByteChannel {
    private ByteBuffer current = ByteBuffer.allocate(0);

    /// The next payload; empty at the end, also when it is asked again.
    protected abstract byte[] next() throws IOException;

    @Override
    public final int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        if (!current.hasRemaining()) {
            current = ByteBuffer.wrap(next());
            if (!current.hasRemaining()) {
                return -1;
            }
        }
        int part = Math.min(target.remaining(), current.remaining());
        target.put(target.position(), current, current.position(), part);
        target.position(target.position() + part);
        current.position(current.position() + part);
        return part;
    }

    @Override
    public final boolean isOpen() {
        return true;
    }

    /// Does nothing: whoever takes the frames ends them.
    @Override
    public final void close() {}
}
