package dev.sheaf.rego.builtin.web;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// An internet address as 128 bits; one of version 4 is mapped to `::ffff:a.b.c.d` (RFC 4291,
/// 2.5.5.2). Read from text alone, names are never looked up.
///
/// Ordered as unsigned numbers. Written as RFC 5952 says.
record IpAddress(long high, long low) implements Comparable<IpAddress> {
    private static final long FOUR_PREFIX = 0xffffL;
    private static final int GROUPS = 8;

    static final IpAddress ZERO = new IpAddress(0, 0);

    static IpAddress four(long bits) {
        return new IpAddress(0, FOUR_PREFIX << 32 | bits & 0xffffffffL);
    }

    static IpAddress of(byte[] bytes) {
        long high = 0;
        long low = 0;
        if (bytes.length == 4) {
            for (byte b : bytes) {
                low = low << 8 | b & 0xff;
            }
            return four(low);
        }
        for (int i = 0; i < 8; i++) {
            high = high << 8 | bytes[i] & 0xff;
            low = low << 8 | bytes[i + 8] & 0xff;
        }
        return new IpAddress(high, low);
    }

    /// @return null when the text is no address, or has a zone
    static @Nullable IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? parseFour(text) : parseSix(text);
    }

    /// Four decimal numbers without leading zeros.
    private static @Nullable IpAddress parseFour(String text) {
        long bits = 0;
        int fields = 0;
        int start = 0;
        while (start <= text.length()) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            int value = 0;
            int length = end - start;
            if (length < 1 || length > 3 || length > 1 && text.charAt(start) == '0') {
                return null;
            }
            for (int i = start; i < end; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return null;
                }
                value = value * 10 + digit;
            }
            if (value > 255 || ++fields > 4) {
                return null;
            }
            bits = bits << 8 | value;
            start = end + 1;
        }
        return fields == 4 ? four(bits) : null;
    }

    private static @Nullable IpAddress parseSix(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> groups = groups(text);
            return groups == null || groups.size() != GROUPS ? null : join(groups, List.of());
        }
        List<Integer> head = groups(text.substring(0, gap));
        List<Integer> tail = groups(text.substring(gap + 2));
        boolean isEmbeddedFirst = gap > 0 && text.lastIndexOf('.', gap) >= 0;
        if (head == null
                || tail == null
                || isEmbeddedFirst
                || head.size() + tail.size() >= GROUPS) {
            return null;
        }
        return join(head, tail);
    }

    /// The 16-bit groups of a text without `::`; the last two may be written as an address of
    /// version 4. Null when it is none.
    private static @Nullable List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return null;
        }
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && part.indexOf('.') >= 0) {
                IpAddress four = parseFour(part);
                if (four == null) {
                    return null;
                }
                groups.add((int) (four.low >>> 16 & 0xffff));
                groups.add((int) (four.low & 0xffff));
                continue;
            }
            if (part.isEmpty() || part.length() > 4) {
                return null;
            }
            int value = 0;
            for (int j = 0; j < part.length(); j++) {
                char c = part.charAt(j);
                int digit = c < 128 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    return null;
                }
                value = value << 4 | digit;
            }
            groups.add(value);
        }
        return groups;
    }

    private static IpAddress join(List<Integer> head, List<Integer> tail) {
        long[] halves = new long[2];
        for (int i = 0; i < GROUPS; i++) {
            int fromEnd = i - (GROUPS - tail.size());
            int group = i < head.size() ? head.get(i) : fromEnd >= 0 ? tail.get(fromEnd) : 0;
            halves[i / 4] = halves[i / 4] << 16 | group;
        }
        return new IpAddress(halves[0], halves[1]);
    }

    boolean isFour() {
        return high == 0 && low >>> 32 == FOUR_PREFIX;
    }

    /// Only the leading bits, the others zero.
    ///
    /// @param bits from 0 to 128
    IpAddress prefix(int bits) {
        return new IpAddress(high & mask(bits), low & mask(bits - 64));
    }

    /// The last address that has the same leading bits.
    IpAddress last(int bits) {
        return new IpAddress(high | ~mask(bits), low | ~mask(bits - 64));
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1 : -1L << 64 - bits;
    }

    IpAddress next() {
        return new IpAddress(low == -1 ? high + 1 : high, low + 1);
    }

    /// How many of the last bits are zero.
    int trailingZeros() {
        return low == 0 ? 64 + Long.numberOfTrailingZeros(high) : Long.numberOfTrailingZeros(low);
    }

    @Override
    public int compareTo(IpAddress other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        if (isFour()) {
            return (low >>> 24 & 0xff)
                    + "."
                    + (low >>> 16 & 0xff)
                    + "."
                    + (low >>> 8 & 0xff)
                    + "."
                    + (low & 0xff);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> 48 - 16 * (i % 4) & 0xffff);
        }
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gapStart = i;
                gapLength = end - i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                out.append("::");
                i += gapLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
