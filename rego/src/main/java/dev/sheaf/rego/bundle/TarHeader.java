package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A block of 512 bytes that begins an entry of a tar archive.
///
/// Source: POSIX.1-2001, pax interchange format, ustar header block; GNU's binary sizes.
final class TarHeader {
    static final int BLOCK_BYTES = 512;
    static final int NAME_BYTES = 100;
    static final int PREFIX_AT = 345;
    static final int PREFIX_BYTES = 155;
    static final int SIZE_AT = 124;
    static final int CHECKSUM_AT = 148;
    static final int CHECKSUM_BYTES = 8;
    static final int TYPE_AT = 156;
    static final int MAGIC_AT = 257;
    static final String MAGIC = "ustar\0";
    private static final int SIZE_BYTES = 12;

    private final byte[] block;

    /// @throws Problem UNREADABLE_INPUT when its checksum is another one
    TarHeader(byte[] block) {
        this.block = block;
        long wanted = octal(CHECKSUM_AT, CHECKSUM_BYTES);
        if (wanted != checksum(block)) {
            throw Faults.broken(
                    "a header in the archive is damaged. Fetch or build it again", null);
        }
    }

    static boolean isEnd(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /// The sum of all bytes, those of the checksum taken for blanks.
    static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean isOwn = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += isOwn ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    /// What kind of entry it is; plain files are `0` or zero.
    char type() {
        return (char) (block[TYPE_AT] & 0xff);
    }

    String name() {
        String name = text(0, NAME_BYTES);
        String prefix =
                text(MAGIC_AT, MAGIC.length()).equals("ustar") && block[MAGIC_AT + 5] == 0
                        ? text(PREFIX_AT, PREFIX_BYTES)
                        : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    long size() {
        if ((block[SIZE_AT] & 0x80) == 0) {
            return octal(SIZE_AT, SIZE_BYTES);
        }
        ByteBuffer binary = ByteBuffer.wrap(block, SIZE_AT + SIZE_BYTES - Long.BYTES, Long.BYTES);
        long size = binary.getLong();
        if ((block[SIZE_AT] & 0x7f) != 0
                || !isEnd(java.util.Arrays.copyOfRange(block, SIZE_AT + 1, SIZE_AT + 4))
                || size < 0) {
            throw Faults.unreadable(name(), "its size is no number", null);
        }
        return size;
    }

    private long octal(int at, int length) {
        String digits = text(at, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw Faults.broken(
                    "a header in the archive is no tar header. Fetch or build it again", null);
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private String text(int at, int length) {
        return text(block, at, length);
    }

    /// Up to a zero byte.
    static String text(byte[] bytes, int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, end - at))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Faults.broken("a name in the archive is no UTF-8", e);
        }
    }
}
