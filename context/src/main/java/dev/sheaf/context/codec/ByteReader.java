package dev.sheaf.context.codec;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads what [ByteWriter] writes, from bytes that nobody vouches for: each read is checked against
/// the end, and a count against what could still follow it. Not safe for threads.
public final class ByteReader {
    private static final int VARINT_SHIFT_MAX = 63;
    private static final char REPLACEMENT = '\ufffd';

    private final byte[] bytes;
    private final int limit;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.limit = offset + length;
    }

    public int u8() {
        if (position >= limit) {
            throw fault("ends too early");
        }
        return bytes[position++] & 0xff;
    }

    public int u32() {
        require(Integer.BYTES);
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | bytes[position++] & 0xff;
        }
        return value;
    }

    public long u64() {
        require(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[position++] & 0xff;
        }
        return value;
    }

    public long varint() {
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; shift <= VARINT_SHIFT_MAX; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw fault("has a number of more than ten bytes");
    }

    public long svarint() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /// A number from 0 to `max`.
    public int varint(int max, String what) {
        long value = varint();
        if (value < 0 || value > max) {
            throw fault(what + " is " + Long.toUnsignedString(value) + ", above " + max);
        }
        return (int) value;
    }

    /// How many things follow, each of at least one byte: never more than bytes are left.
    public int count(String what) {
        return varint(limit - position, "the number of " + what);
    }

    /// A number of things, from 0 to `max`.
    public int size(int max) {
        return varint(max, "a count");
    }

    public String string() {
        int length = count("bytes of a string");
        return utf8(length);
    }

    /// @param length in bytes
    /// @throws Problem UNREADABLE_INPUT also when the bytes are not UTF-8
    public String utf8(int length) {
        require(length);
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            // Either that is what was written, or it stands for what could not be read.
            requireUtf8(length);
        }
        position += length;
        return text;
    }

    private void requireUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
        } catch (CharacterCodingException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "the encoded data has a text that is not UTF-8 (byte " + position + ")",
                    e);
        }
    }

    /// As many bytes as the number before them says.
    public byte[] bytes() {
        return raw(count("bytes"));
    }

    public byte[] raw(int length) {
        require(length);
        byte[] part = java.util.Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return part;
    }

    public int remaining() {
        return limit - position;
    }

    public int position() {
        return position;
    }

    /// @throws Problem when anything is left
    public void end() {
        if (position != limit) {
            throw fault("has " + remaining() + " bytes after its end");
        }
    }

    private void require(int length) {
        if (length < 0 || length > limit - position) {
            throw fault("ends too early");
        }
    }

    /// As [#fault], for what is no continuation of a sentence about the data.
    public Problem unreadable(String what) {
        return fault("cannot be read: " + what);
    }

    /// What is wrong here, for the caller to throw.
    public Problem fault(String what) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "the encoded data " + what + " (byte " + position + ")");
    }
}
