package dev.sheaf.context.store.internal;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The first 512 bytes of a segment file. Specified in `spec/context-log.md`.
///
/// @param salt a random number that begins every checksum of the segment
/// @param firstPosition of the first record that takes one
/// @param previousFirst the same of the segment before, 0 for none
/// @param generation how often the segment was rewritten
/// @param owner whose log it is, at most [#OWNER_BYTES_MAX] bytes of UTF-8
public record SegmentHeader(
        long salt, long firstPosition, long previousFirst, int generation, String owner) {
    public static final int BYTES = 512;
    public static final int OWNER_BYTES_MAX = 256;
    private static final long MAGIC = 0x0A474F4C46454853L; // "SHEFLOG\n", little-endian
    private static final int VERSION = 1;
    private static final int OWNER = 48;
    private static final int CRC = BYTES - Integer.BYTES;

    SegmentHeader rewritten() {
        return new SegmentHeader(salt, firstPosition, previousFirst, generation + 1, owner);
    }

    ByteBuffer toBytes() {
        byte[] name = owner.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(generation).putLong(salt);
        bytes.putLong(firstPosition).putLong(previousFirst).putInt(name.length);
        bytes.put(OWNER, name);
        bytes.putInt(CRC, checksum(bytes));
        return bytes.clear();
    }

    /// @throws Problem STORAGE_FAILED when the file does not begin with a header, or with one of a
    ///   later version
    static SegmentHeader read(FileChannel channel, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, bytes.position()) < 0) {
                throw Disk.damaged(file, 0, "it is shorter than a segment's header");
            }
        }
        if (bytes.getLong(0) != MAGIC || bytes.getInt(CRC) != checksum(bytes)) {
            throw Disk.damaged(file, 0, "it does not begin with a segment's header");
        }
        if (bytes.getInt(8) != VERSION) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    file
                            + " has format version "
                            + bytes.getInt(8)
                            + ", this program reads "
                            + VERSION
                            + ": use the program that wrote it");
        }
        byte[] name = new byte[Math.clamp(bytes.getInt(40), 0, OWNER_BYTES_MAX)];
        bytes.get(OWNER, name);
        return new SegmentHeader(
                bytes.getLong(16),
                bytes.getLong(24),
                bytes.getLong(32),
                bytes.getInt(12),
                new String(name, StandardCharsets.UTF_8));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, CRC);
        return (int) crc.getValue();
    }
}
