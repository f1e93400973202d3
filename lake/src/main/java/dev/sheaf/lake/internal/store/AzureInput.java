package dev.sheaf.lake.internal.store;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRange;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;

/// A blob to read.
final class AzureInput implements InputFile {
    private static final int WINDOW_BYTES = 4 << 20;

    private final String location;
    private final BlobClient blob;
    private long length;

    /// @param length a negative number when it is not known
    AzureInput(String location, BlobClient blob, long length) {
        this.location = location;
        this.blob = blob;
        this.length = length;
    }

    @Override
    public synchronized long getLength() {
        if (length < 0) {
            length = blob.getProperties().getBlobSize();
        }
        return length;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream();
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public boolean exists() {
        return blob.exists();
    }

    /// Reads in windows; small seeks inside a window cost no request.
    private final class Stream extends SeekableInputStream implements RangeReadable {
        private long position;
        private long windowStart;
        private byte[] window = new byte[0];

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long to) throws IOException {
            if (to < 0) {
                throw new IOException("seek to " + to);
            }
            position = to;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) throws IOException {
            if (wanted == 0) {
                return 0;
            }
            if (position >= getLength()) {
                return -1;
            }
            if (position < windowStart || position >= windowStart + window.length) {
                int size = Math.toIntExact(Math.min(WINDOW_BYTES, getLength() - position));
                window = fetch(position, size);
                windowStart = position;
            }
            int from = Math.toIntExact(position - windowStart);
            int count = Math.min(wanted, window.length - from);
            System.arraycopy(window, from, bytes, offset, count);
            position += count;
            return count;
        }

        @Override
        public void readFully(long from, byte[] bytes, int offset, int wanted) throws IOException {
            if (wanted > 0) {
                System.arraycopy(fetch(from, wanted), 0, bytes, offset, wanted);
            }
        }

        @Override
        public int readTail(byte[] bytes, int offset, int wanted) throws IOException {
            int available = Math.toIntExact(Math.min(wanted, getLength()));
            readFully(getLength() - available, bytes, offset, available);
            return available;
        }

        private byte[] fetch(long from, int wanted) throws IOException {
            if (from + wanted > getLength()) {
                throw new EOFException(location + " ends before " + (from + wanted));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(wanted);
            blob.downloadStreamWithResponse(
                    bytes,
                    new BlobRange(from, (long) wanted),
                    null,
                    null,
                    false,
                    Patience.REQUEST,
                    Context.NONE);
            if (bytes.size() != wanted) {
                throw new EOFException(location + " gave " + bytes.size() + " of " + wanted);
            }
            return bytes.toByteArray();
        }
    }
}
