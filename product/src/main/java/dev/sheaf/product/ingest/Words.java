package dev.sheaf.product.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Looks at eight bytes at a time.
final class Words {
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final long HIGHS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;

    private Words() {}

    /// Eight times the byte.
    static long ofByte(byte value) {
        return ONES * (value & 0xff);
    }

    /// High bits where a byte is zero; bits above the first hit may be wrong, which is why only the
    /// first is used.
    static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }

    /// The byte at which the first of the hits is.
    static int first(long hits) {
        return Long.numberOfTrailingZeros(hits) >>> 3;
    }

    /// The first position from `from` on that holds one of two bytes, given as [#ofByte]; one of
    /// the last seven positions may be given although it does not. `size` when there is none.
    static long next(MemorySegment bytes, long from, long size, long one, long other) {
        long position = from;
        while (position + Long.BYTES <= size) {
            long word = bytes.get(LONG, position);
            long hits = zeroBytes(word ^ one) | zeroBytes(word ^ other);
            if (hits != 0) {
                return position + first(hits);
            }
            position += Long.BYTES;
        }
        return position;
    }
}
