package dev.sheaf.context.sequence;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what [ByteWriter] wrote. Bytes that end too early or are no such values give a [Problem]
/// UNREADABLE_INPUT; nothing larger than the input is ever allocated.
public final class ByteReader {
    private static final int LOW_BITS = 0x7f;
    private static final int VARINT_BITS = 7;

    private final byte[] bytes;
    private int position;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public int remaining() {
        return bytes.length - position;
    }

    public int readByte() {
        if (position == bytes.length) {
            throw unreadable("the bytes end too early");
        }
        return bytes[position++] & 0xff;
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            int next = readByte();
            value |= (long) (next & LOW_BITS) << shift;
            if (next <= LOW_BITS) {
                return value;
            }
        }
        throw unreadable("a number is longer than 64 bits");
    }

    public long readSigned() {
        long value = readVarint();
        return value >>> 1 ^ -(value & 1);
    }

    /// A number from 0 to `max`.
    public int readCount(int max) {
        long count = readVarint();
        if (count < 0 || count > max) {
            throw unreadable("a count of " + count + " where at most " + max + " can be");
        }
        return (int) count;
    }

    /// A number of bytes that are there, behind the number itself.
    private int readLength() {
        long length = readVarint();
        if (length < 0 || length > remaining()) {
            throw unreadable("a length of " + length + " where " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    public byte[] readBytes() {
        int length = readLength();
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    public String readText() {
        int length = readLength();
        position += length;
        ByteBuffer text = ByteBuffer.wrap(bytes, position - length, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "a text at byte " + position + " is not UTF-8",
                    e);
        }
    }

    /// What to throw when the bytes say something that cannot be.
    public Problem unreadable(String what) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "an encoded list cannot be read: " + what + " (byte " + position + ")");
    }
}
