package dev.sheaf.context.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte array with the number forms of `spec/context.md` section 5. Not safe for threads.
public final class ByteWriter {
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] bytes;
    private int size;

    public ByteWriter() {
        this(256);
    }

    public ByteWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    private void need(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    public void u8(int value) {
        need(1);
        bytes[size++] = (byte) value;
    }

    /// Four bytes, the highest first.
    public void u32(int value) {
        need(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /// Eight bytes, the highest first.
    public void u64(long value) {
        need(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /// Unsigned LEB128; a negative number takes ten bytes.
    public void varint(long value) {
        need(VARINT_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// Zigzag, so that small negative numbers stay short.
    public void svarint(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /// Length in bytes, then UTF-8.
    public void string(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        varint(encoded.length);
        raw(encoded, 0, encoded.length);
    }

    /// The number of bytes, then the bytes.
    public void bytes(byte[] value) {
        varint(value.length);
        raw(value, 0, value.length);
    }

    /// Begins bytes whose number comes before them, as [#bytes] writes it.
    ///
    /// @return for [#close]
    public int open() {
        u8(0);
        return size;
    }

    /// Ends what [#open] began; what was opened later has to be closed before.
    public void close(int opened) {
        int length = size - opened;
        int more = lengthOfVarint(length) - 1;
        if (more > 0) {
            need(more);
            System.arraycopy(bytes, opened, bytes, opened + more, length);
        }
        int end = size + more;
        size = opened - 1;
        varint(length);
        size = end;
    }

    private static int lengthOfVarint(int value) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    public void raw(byte[] source, int offset, int length) {
        need(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /// Everything that another writer holds.
    public void raw(ByteWriter other) {
        raw(other.bytes, 0, other.size);
    }

    public int size() {
        return size;
    }

    /// Forgets what was written and keeps the space.
    public void clear() {
        size = 0;
    }

    /// The array itself, valid up to [#size()] and until the next write.
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
