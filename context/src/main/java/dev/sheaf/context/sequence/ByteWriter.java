package dev.sheaf.context.sequence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow as they are written: varints (seven bits a byte, the lowest first), signed ones
/// in zigzag, and byte strings behind their length.
public final class ByteWriter {
    private static final int LOW_BITS = 0x7f;
    private static final int MORE = 0x80;
    private static final int VARINT_BITS = 7;

    private byte[] bytes = new byte[64];
    private int size;

    public int size() {
        return size;
    }

    public void writeByte(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }

    /// A varint of 1 to 10 bytes; negative values take 10.
    public void writeVarint(long value) {
        long rest = value;
        while ((rest & ~(long) LOW_BITS) != 0) {
            writeByte((int) (rest & LOW_BITS) | MORE);
            rest >>>= VARINT_BITS;
        }
        writeByte((int) rest);
    }

    /// A varint that is short for small values of either sign.
    public void writeSigned(long value) {
        writeVarint(value << 1 ^ value >> 63);
    }

    /// The length, then the bytes.
    public void writeBytes(byte[] value) {
        writeVarint(value.length);
        if (bytes.length - size < value.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + value.length));
        }
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /// As UTF-8 behind its length in bytes.
    public void writeText(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
