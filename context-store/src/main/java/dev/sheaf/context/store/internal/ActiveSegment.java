package dev.sheaf.context.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// The segment that is appended to. Records go into one of two buffers; whoever holds the log's
/// writing lock takes the full one and writes it while the other fills.
///
/// Not safe by itself: putting and taking happen under the log's append lock, writing and syncing
/// under its writing lock.
public final class ActiveSegment {
    private final Segment segment;
    private final FileChannel channel;
    private final long capacity;
    private final int bufferBytes;
    private final RecordHeader header;
    private final SparseIndex index;
    private ByteBuffer filling;
    private ByteBuffer spare;
    private long bufferOffset;

    /// What was taken out of the buffer and where in the file it belongs.
    public record Batch(ByteBuffer bytes, long offset) {
        public long end() {
            return offset + bytes.limit();
        }
    }

    /// @param offset where the next record goes
    /// @param capacity where the file ends
    public ActiveSegment(
            Segment segment,
            FileChannel channel,
            SparseIndex index,
            long offset,
            long capacity,
            int bufferBytes) {
        this.segment = segment;
        this.channel = channel;
        this.index = index;
        this.capacity = capacity;
        this.bufferBytes = bufferBytes;
        this.bufferOffset = offset;
        this.header = new RecordHeader(segment.header().salt());
        this.filling = buffer(bufferBytes);
        this.spare = buffer(bufferBytes);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    public Segment segment() {
        return segment;
    }

    public SparseIndex index() {
        return index;
    }

    /// Whether the file has room for so many bytes more.
    public boolean holds(int bytes) {
        return bufferOffset + filling.position() + bytes <= capacity;
    }

    /// Whether the buffer has.
    public boolean buffers(int bytes) {
        return filling.remaining() >= bytes;
    }

    /// Makes an empty buffer take a record that is larger than usual.
    public void widen(int bytes) {
        if (filling.capacity() < bytes) {
            filling = buffer(bytes);
        }
    }

    /// Adds a record; the caller made sure that there is room.
    ///
    /// @return its offset in the file
    public long put(
            RecordType type,
            long position,
            long unsynced,
            int group,
            int actor,
            long first,
            long last,
            byte[] payload,
            int offset,
            int length) {
        long place = bufferOffset + filling.position();
        header.put(
                filling, type, position, unsynced, group, actor, first, last, payload, offset,
                length);
        return place;
    }

    /// Takes what is buffered and goes on with the other buffer. The batch must be written before
    /// the next is taken.
    public Batch take() {
        Batch batch = new Batch(filling.flip(), bufferOffset);
        bufferOffset += batch.bytes().limit();
        filling = spare.clear();
        spare = batch.bytes().capacity() > bufferBytes ? buffer(bufferBytes) : batch.bytes();
        return batch;
    }

    public void write(Batch batch) throws IOException {
        ByteBuffer bytes = batch.bytes();
        while (bytes.hasRemaining()) {
            channel.write(bytes, batch.offset() + bytes.position());
        }
    }

    /// One fdatasync.
    public void sync() throws IOException {
        channel.force(false);
    }

    /// Cuts off the room that is left, and makes the whole file durable. Everything was written.
    public void seal() throws IOException {
        channel.truncate(bufferOffset);
        channel.force(true);
        channel.close();
    }

    /// Closes without writing anything.
    public void abandon() throws IOException {
        channel.close();
    }
}
