package dev.sheaf.context.store.internal;

import java.util.Arrays;

/// Changes in the bytes of a RocksDB write batch, built without calling it: a header of 12 bytes
/// (sequence 0, count of changes), then per change a tag, the column family's number, and keys and
/// values with their lengths as varints. Source: `db/write_batch.cc` of RocksDB; the format is also
/// that of its own log, and so does not change.
public final class BatchBytes {
    private static final int HEADER_BYTES = 12;
    private static final int COUNT = 8;
    private static final byte DELETE = 0x4;
    private static final byte PUT = 0x5;
    private static final byte DELETE_RANGE = 0xE;
    private static final int VARINT_BYTES_MAX = 5;
    private static final int BYTES_AT_FIRST = 4 << 10;

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int size = HEADER_BYTES;
    private int count;
    private int next;

    /// Takes the changes of a batch one by one.
    public interface Visitor {
        void put(int family, byte[] key, byte[] value);

        void delete(int family, byte[] key);

        void deleteRange(int family, byte[] from, byte[] to);
    }

    public void put(int family, byte[] key, byte[] value) {
        begin(PUT, family, key.length + value.length);
        append(key);
        append(value);
    }

    public void delete(int family, byte[] key) {
        begin(DELETE, family, key.length);
        append(key);
    }

    public void deleteRange(int family, byte[] from, byte[] to) {
        begin(DELETE_RANGE, family, from.length + to.length);
        append(from);
        append(to);
    }

    private void begin(byte tag, int family, int length) {
        int needed = Math.addExact(size, length + 1 + 3 * VARINT_BYTES_MAX);
        if (needed > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.max(needed, Math.min(2L * bytes.length, 1 << 30)));
        }
        bytes[size++] = tag;
        varint(family);
        count++;
    }

    private void append(byte[] value) {
        varint(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void varint(int value) {
        int left = value;
        while (left >= 0x80) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    public int count() {
        return count;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = HEADER_BYTES;
        count = 0;
    }

    /// The whole batch, as RocksDB takes it.
    public byte[] toBytes() {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[COUNT + i] = (byte) (count >>> (8 * i));
        }
        return Arrays.copyOf(bytes, size);
    }

    /// Reads the changes back in order.
    public void forEach(Visitor visitor) {
        next = HEADER_BYTES;
        while (next < size) {
            byte tag = bytes[next++];
            int family = readVarint();
            byte[] key = readBytes();
            switch (tag) {
                case PUT -> visitor.put(family, key, readBytes());
                case DELETE -> visitor.delete(family, key);
                case DELETE_RANGE -> visitor.deleteRange(family, key, readBytes());
                default -> throw new IllegalStateException("tag " + tag);
            }
        }
    }

    private int readVarint() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[next++];
            value |= (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    private byte[] readBytes() {
        int length = readVarint();
        next += length;
        return Arrays.copyOfRange(bytes, next - length, next);
    }
}
