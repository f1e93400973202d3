package dev.sheaf.governance.audit.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// The first 512 bytes of a segment file: whose it is, and the number of its first entry.
record SegmentHeader(String origin, long firstSequence) {
    static final int BYTES = 512;
    static final int ORIGIN_BYTES_MAX = 256;
    private static final byte[] MAGIC = "SHEFAUD\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int CHECKSUM_OFFSET = BYTES - Integer.BYTES;

    byte[] toBytes() {
        byte[] name = origin.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.put(MAGIC).putInt(FORMAT).putInt(name.length).putLong(firstSequence).put(name);
        bytes.putInt(CHECKSUM_OFFSET, checksum(bytes.array()));
        return bytes.array();
    }

    /// @throws dev.sheaf.kernel.Problem STORAGE_FAILED when it is damaged
    static SegmentHeader read(FileChannel channel, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        if (!AuditDisk.read(channel, bytes, 0)) {
            throw AuditDisk.damaged(file, channel.size(), "it ends within its header");
        }
        bytes.flip();
        byte[] magic = new byte[MAGIC.length];
        bytes.get(magic);
        int format = bytes.getInt();
        int length = bytes.getInt();
        long first = bytes.getLong();
        boolean isValid =
                Arrays.equals(magic, MAGIC)
                        && format == FORMAT
                        && length >= 0
                        && length <= ORIGIN_BYTES_MAX
                        && first >= 0
                        && bytes.getInt(CHECKSUM_OFFSET) == checksum(bytes.array());
        if (!isValid) {
            throw AuditDisk.damaged(file, 0, "its header is not that of an audit log's segment");
        }
        byte[] name = new byte[length];
        bytes.get(name);
        return new SegmentHeader(new String(name, StandardCharsets.UTF_8), first);
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, CHECKSUM_OFFSET);
        return (int) checksum.getValue();
    }
}
