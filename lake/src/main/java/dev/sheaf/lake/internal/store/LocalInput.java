package dev.sheaf.lake.internal.store;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A local file to read.
record LocalInput(String location) implements InputFile {
    @Override
    public long getLength() {
        try {
            return Files.size(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SeekableInputStream newStream() {
        try {
            return new Stream(FileChannel.open(file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean exists() {
        return Files.isRegularFile(LocalStore.path(location));
    }

    private Path file() throws NoSuchFileException {
        Path file = LocalStore.path(location);
        if (Files.isDirectory(file)) {
            throw new NoSuchFileException(location, null, "is a directory");
        }
        return file;
    }

    private static final class Stream extends SeekableInputStream implements RangeReadable {
        private final FileChannel channel;

        Stream(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long getPos() throws IOException {
            return channel.position();
        }

        @Override
        public void seek(long position) throws IOException {
            channel.position(position);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void readFully(long position, byte[] bytes, int offset, int length)
                throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + length - buffer.remaining()) < 0) {
                    throw new EOFException("ends before " + (position + length));
                }
            }
        }

        @Override
        public int readTail(byte[] bytes, int offset, int length) throws IOException {
            int available = Math.toIntExact(Math.min(length, channel.size()));
            readFully(channel.size() - available, bytes, offset, available);
            return available;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
