package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One value in DER (X.690): a tag, a length and the content. A view of the bytes it was read from;
/// these are not to be changed.
///
/// @param start where the tag is
/// @param contentStart where the content is
/// @param end behind the content
record Der(byte[] source, int start, int contentStart, int end) {
    static final int BOOLEAN = 1;
    static final int INTEGER = 2;
    static final int BIT_STRING = 3;
    static final int OCTET_STRING = 4;
    static final int OID = 6;
    static final int ENUMERATED = 10;
    static final int UTF8_STRING = 12;
    static final int NUMERIC_STRING = 18;
    static final int PRINTABLE_STRING = 19;
    static final int T61_STRING = 20;
    static final int IA5_STRING = 22;
    static final int UTC_TIME = 23;
    static final int GENERALIZED_TIME = 24;
    static final int BMP_STRING = 30;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /// The tag of a field that is told by its number, with other values in it.
    static int context(int number) {
        return 0xa0 | number;
    }

    /// The tag of a field that is told by its number and whose kind is known.
    static int implicit(int number) {
        return 0x80 | number;
    }

    /// Reads values one after the other.
    static final class Reader {
        private final byte[] source;
        private final int end;
        private int position;

        Reader(byte[] source, int start, int end) {
            this.source = source;
            this.position = start;
            this.end = end;
        }

        boolean hasNext() {
            return position < end;
        }

        boolean isAt(int tag) {
            return hasNext() && (source[position] & 0xff) == tag;
        }

        /// @throws BuiltinFault when there is none, or it is cut off
        Der next() {
            if (!hasNext()) {
                throw BuiltinFault.of("asn1: syntax error: sequence truncated");
            }
            int start = position;
            if ((source[start] & 0x1f) == 0x1f) {
                throw BuiltinFault.of("asn1: structure error: tags of several bytes are not known");
            }
            int at = start + 1;
            if (at >= end) {
                throw truncated();
            }
            int length = source[at++] & 0xff;
            if (length >= 0x80) {
                int count = length & 0x7f;
                if (count == 0 || count > 4 || at + count > end) {
                    throw BuiltinFault.of("asn1: structure error: unsupported length");
                }
                length = 0;
                for (int i = 0; i < count; i++) {
                    length = length << 8 | source[at++] & 0xff;
                }
            }
            if (length < 0 || length > end - at) {
                throw truncated();
            }
            position = at + length;
            return new Der(source, start, at, position);
        }

        /// @throws BuiltinFault when the next value has another tag
        Der next(int tag) {
            if (hasNext() && !isAt(tag)) {
                throw BuiltinFault.of(
                        "asn1: structure error: tags don't match (%d vs %d)",
                        tag, source[position] & 0xff);
            }
            return next();
        }

        /// The next value if it has the tag; null, and nothing read, when not.
        @Nullable Der nextIf(int tag) {
            return isAt(tag) ? next() : null;
        }

        private static BuiltinFault truncated() {
            return BuiltinFault.of("asn1: syntax error: data truncated");
        }
    }

    static Reader read(byte[] bytes) {
        return new Reader(bytes, 0, bytes.length);
    }

    /// The one value that the bytes are.
    static Der only(byte[] bytes, int tag) {
        Reader reader = read(bytes);
        Der value = reader.next(tag);
        if (reader.hasNext()) {
            throw BuiltinFault.of("asn1: syntax error: trailing data");
        }
        return value;
    }

    int tag() {
        return source[start] & 0xff;
    }

    /// The values in it.
    Reader values() {
        return new Reader(source, contentStart, end);
    }

    /// With tag and length.
    byte[] bytes() {
        return Arrays.copyOfRange(source, start, end);
    }

    byte[] content() {
        return Arrays.copyOfRange(source, contentStart, end);
    }

    BigInteger integer() {
        if (contentStart == end) {
            throw BuiltinFault.of("asn1: structure error: empty integer");
        }
        return new BigInteger(source, contentStart, end - contentStart);
    }

    int smallInteger() {
        BigInteger value = integer();
        if (value.bitLength() > 31) {
            throw BuiltinFault.of("asn1: structure error: integer too large");
        }
        return value.intValue();
    }

    boolean bool() {
        return contentStart < end && source[contentStart] != 0;
    }

    /// The bits of a bit string, in whole bytes.
    byte[] bits() {
        if (contentStart == end) {
            throw BuiltinFault.of("asn1: syntax error: zero length BIT STRING");
        }
        return Arrays.copyOfRange(source, contentStart + 1, end);
    }

    /// The numbers of an object identifier.
    List<Long> oid() {
        List<Long> numbers = new ArrayList<>();
        long number = 0;
        for (int i = contentStart; i < end; i++) {
            if (number > Long.MAX_VALUE >> 7) {
                throw BuiltinFault.of("asn1: structure error: base 128 integer too large");
            }
            number = number << 7 | source[i] & 0x7f;
            if (source[i] >= 0) {
                if (numbers.isEmpty()) {
                    long first = Math.min(number / 40, 2);
                    numbers.add(first);
                    numbers.add(number - first * 40);
                } else {
                    numbers.add(number);
                }
                number = 0;
            }
        }
        if (numbers.isEmpty() || source[end - 1] < 0) {
            throw BuiltinFault.of("asn1: syntax error: truncated base 128 integer");
        }
        return numbers;
    }

    /// `1.2.840.113549`.
    String oidText() {
        return dotted(oid());
    }

    static String dotted(List<Long> numbers) {
        return String.join(".", numbers.stream().map(String::valueOf).toList());
    }

    boolean isText() {
        return switch (tag()) {
            case UTF8_STRING,
                    NUMERIC_STRING,
                    PRINTABLE_STRING,
                    T61_STRING,
                    IA5_STRING,
                    BMP_STRING ->
                    true;
            default -> false;
        };
    }

    String text() {
        return new String(
                source,
                contentStart,
                end - contentStart,
                switch (tag()) {
                    case BMP_STRING -> StandardCharsets.UTF_16BE;
                    case T61_STRING -> StandardCharsets.ISO_8859_1;
                    default -> StandardCharsets.UTF_8;
                });
    }

    /// A point in time, as X.509 writes it: in seconds, in UTC.
    Instant time() {
        String text = text();
        int yearDigits = tag() == UTC_TIME ? 2 : 4;
        if (text.length() != yearDigits + 11 || !text.endsWith("Z")) {
            throw BuiltinFault.of("asn1: structure error: invalid time " + text);
        }
        try {
            int year = Integer.parseInt(text.substring(0, yearDigits));
            if (yearDigits == 2) {
                year += year >= 50 ? 1900 : 2000;
            }
            int[] fields = new int[5];
            for (int i = 0; i < fields.length; i++) {
                int at = yearDigits + 2 * i;
                fields[i] = Integer.parseInt(text.substring(at, at + 2));
            }
            return LocalDateTime.of(year, fields[0], fields[1], fields[2], fields[3], fields[4])
                    .toInstant(ZoneOffset.UTC);
        } catch (NumberFormatException | DateTimeException e) {
            throw BuiltinFault.of("asn1: structure error: invalid time " + text);
        }
    }
}
