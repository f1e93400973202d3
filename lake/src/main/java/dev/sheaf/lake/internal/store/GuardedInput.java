package dev.sheaf.lake.internal.store;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.EOFException;
import java.io.IOException;

/// A file to read whose errors are problems.
final class GuardedInput implements InputFile {
    private final Guard guard;
    private final InputFile file;

    GuardedInput(Guard guard, InputFile file) {
        this.guard = guard;
        this.file = file;
    }

    @Override
    public long getLength() {
        return guard.run(file.location(), file::getLength);
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream(guard, file.location(), guard.run(file.location(), file::newStream));
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public boolean exists() {
        return guard.run(file.location(), file::exists);
    }

    /// Range reads go straight through where the store has them; elsewhere they are a seek and a
    /// read.
    private static final class Stream extends SeekableInputStream implements RangeReadable {
        private final Guard guard;
        private final String location;
        private final SeekableInputStream stream;

        Stream(Guard guard, String location, SeekableInputStream stream) {
            this.guard = guard;
            this.location = location;
            this.stream = stream;
        }

        @Override
        public long getPos() {
            return guard.run(location, stream::getPos);
        }

        @Override
        public void seek(long position) {
            guard.run(
                    location,
                    () -> {
                        stream.seek(position);
                        return true;
                    });
        }

        /// By way of an array: GCSInputStream's own single-byte read repeats the last byte at the
        /// end of a file.
        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return guard.run(location, () -> untilEnd(() -> stream.read(bytes, offset, length)));
        }

        private int untilEnd(Guard.Call<Integer> read) throws IOException {
            try {
                return read.run();
            } catch (RuntimeException e) {
                if (guard.store().pastEnd(e)) {
                    return -1;
                }
                throw e;
            }
        }

        @Override
        public void readFully(long position, byte[] bytes, int offset, int length) {
            guard.run(
                    location,
                    () -> {
                        if (stream instanceof RangeReadable ranges) {
                            ranges.readFully(position, bytes, offset, length);
                            return true;
                        }
                        stream.seek(position);
                        if (stream.readNBytes(bytes, offset, length) < length) {
                            throw new EOFException("ends before " + (position + length));
                        }
                        return true;
                    });
        }

        @Override
        public int readTail(byte[] bytes, int offset, int length) {
            return guard.run(
                    location,
                    () -> {
                        if (stream instanceof RangeReadable ranges) {
                            return ranges.readTail(bytes, offset, length);
                        }
                        throw new UnsupportedOperationException("the store has no tail reads");
                    });
        }

        @Override
        public void close() {
            guard.run(
                    location,
                    () -> {
                        stream.close();
                        return true;
                    });
        }
    }
}
