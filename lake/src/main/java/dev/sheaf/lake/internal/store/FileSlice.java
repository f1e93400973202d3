package dev.sheaf.lake.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Part of a local file as a stream.
final class FileSlice extends InputStream {
    private final FileChannel channel;
    private long remaining;

    FileSlice(Path file, long from, long length) throws IOException {
        channel = FileChannel.open(file);
        channel.position(from);
        remaining = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int wanted = Math.toIntExact(Math.min(length, remaining));
        int read = wanted == 0 ? -1 : channel.read(ByteBuffer.wrap(bytes, offset, wanted));
        remaining -= Math.max(read, 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
