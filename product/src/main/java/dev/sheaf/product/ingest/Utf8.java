package dev.sheaf.product.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// UTF-8 (RFC 3629) over mapped bytes.
final class Utf8 {
    static final int BOM_BYTES = 3;

    private Utf8() {}

    /// The number of bytes that a byte-order mark takes at the beginning: 3 or 0.
    static long bomBytes(MemorySegment bytes) {
        return bytes.byteSize() >= BOM_BYTES
                        && at(bytes, 0) == 0xef
                        && at(bytes, 1) == 0xbb
                        && at(bytes, 2) == 0xbf
                ? BOM_BYTES
                : 0;
    }

    /// The position after the character that begins with the byte at `position` (one with the high
    /// bit set), or -1 when it is malformed or cut off.
    static long next(MemorySegment bytes, long position, long size) {
        int first = at(bytes, position);
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4 || position + length > size) {
            return -1;
        }
        int second = at(bytes, position + 1);
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return -1;
        }
        for (int i = 2; i < length; i++) {
            if ((at(bytes, position + i) & 0xc0) != 0x80) {
                return -1;
            }
        }
        return position + length;
    }

    private static int at(MemorySegment bytes, long position) {
        return bytes.get(ValueLayout.JAVA_BYTE, position) & 0xff;
    }
}
