package dev.sheaf.context.sequence;

import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;

import java.util.Arrays;

/// Code points in the narrowest array that holds them: bytes up to U+00FF, chars up to U+FFFF, else
/// ints. A single Latin character takes no space of its own.
final class TextElements implements Elements, ElementCodec {
    private static final int LATIN_MAX = 0xff;
    private static final byte[][] SINGLES = new byte[LATIN_MAX + 1][];

    static {
        for (int character = 0; character <= LATIN_MAX; character++) {
            SINGLES[character] = new byte[] {(byte) character};
        }
    }

    static Object of(String text, int codePointCount) {
        if (text.length() == 1 && text.charAt(0) <= LATIN_MAX) {
            return SINGLES[text.charAt(0)];
        }
        return of(text.codePoints().toArray(), codePointCount);
    }

    private static Object of(int[] points, int codePointCount) {
        int widest = 0;
        for (int point : points) {
            widest = Math.max(widest, point);
        }
        return widest > Character.MAX_VALUE ? points : narrow(points, codePointCount, widest);
    }

    private static Object narrow(int[] points, int count, int widest) {
        if (widest <= LATIN_MAX) {
            byte[] bytes = new byte[count];
            for (int index = 0; index < count; index++) {
                bytes[index] = (byte) points[index];
            }
            return bytes;
        }
        char[] chars = new char[count];
        for (int index = 0; index < count; index++) {
            chars[index] = (char) points[index];
        }
        return chars;
    }

    static int at(Object elements, int index) {
        return switch (elements) {
            case byte[] bytes -> bytes[index] & LATIN_MAX;
            case char[] chars -> chars[index];
            case int[] points -> points[index];
            default -> throw new IllegalStateException("no text: " + elements);
        };
    }

    static void write(Object elements, int from, int to, StringBuilder text) {
        for (int index = from; index < to; index++) {
            text.appendCodePoint(at(elements, index));
        }
    }

    @Override
    public Object slice(Object elements, int from, int to) {
        return switch (elements) {
            case byte[] bytes when to - from == 1 -> SINGLES[bytes[from] & LATIN_MAX];
            case byte[] bytes -> Arrays.copyOfRange(bytes, from, to);
            case char[] chars -> Arrays.copyOfRange(chars, from, to);
            case int[] points -> Arrays.copyOfRange(points, from, to);
            default -> throw new IllegalStateException("no text: " + elements);
        };
    }

    @Override
    public Object concat(Object left, int leftLength, Object right, int rightLength) {
        int length = leftLength + rightLength;
        if (left instanceof byte[] target && right instanceof byte[] source) {
            byte[] joined = target;
            if (target.length < length) {
                joined = Arrays.copyOf(target, grown(length));
            }
            System.arraycopy(source, 0, joined, leftLength, rightLength);
            return joined;
        }
        if (left instanceof char[] target && !(right instanceof int[])) {
            char[] joined = target.length < length ? Arrays.copyOf(target, grown(length)) : target;
            for (int index = 0; index < rightLength; index++) {
                joined[leftLength + index] = (char) at(right, index);
            }
            return joined;
        }
        if (left instanceof int[] target) {
            int[] joined = target.length < length ? Arrays.copyOf(target, grown(length)) : target;
            for (int index = 0; index < rightLength; index++) {
                joined[leftLength + index] = at(right, index);
            }
            return joined;
        }
        return concat(
                widened(left, leftLength, right instanceof int[]), leftLength, right, rightLength);
    }

    private static Object widened(Object elements, int length, boolean toPoints) {
        int[] points = new int[length];
        for (int index = 0; index < length; index++) {
            points[index] = at(elements, index);
        }
        return toPoints ? points : narrow(points, length, Character.MAX_VALUE);
    }

    private static int grown(int length) {
        return length + (length >> 1) + 2;
    }

    /// A varint for each code point, so that what is no valid Unicode (a lone surrogate) survives.
    @Override
    public void write(ByteWriter writer, Object elements, int count) {
        for (int index = 0; index < count; index++) {
            writer.varint(at(elements, index));
        }
    }

    @Override
    public Object read(ByteReader reader, int count) {
        int[] points = new int[count];
        for (int index = 0; index < count; index++) {
            points[index] = reader.size(Character.MAX_CODE_POINT);
        }
        return of(points, count);
    }
}
