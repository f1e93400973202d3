package dev.sheaf.governance.audit.store;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// What a segment consists of: a group of entries that became durable together, or a checkpoint.
///
/// Each begins with eight bytes below 8, which stand nowhere else: entries and checkpoints are
/// texts without such bytes, and between two entries there are only four bytes of length. So a
/// frame that is found at any place is one that the log wrote as such.
///
/// @param offset in the file
/// @param type of the payload
/// @param count of entries; 0 for a checkpoint
/// @param sequence of the first entry; the size for a checkpoint
/// @param isIntact whether the payload's checksum holds
record Frame(long offset, Type type, int count, long sequence, byte[] payload, boolean isIntact) {
    static final int HEADER_BYTES = 40;
    static final int PAYLOAD_BYTES_MAX = 16 << 20;
    static final long MAGIC = 0x0102030405060708L;
    private static final int CHECKED_FROM = Long.BYTES;
    private static final int CHECKED_BYTES = 20;

    /// What the payload is.
    enum Type {
        /// Entries, each after its length in four bytes.
        ENTRIES,
        /// A signed note.
        CHECKPOINT
    }

    /// A frame's first bytes.
    record Header(Type type, int count, long sequence, int payloadBytes, int payloadChecksum) {}

    /// Writes the header of a frame whose payload is in the buffer behind the room for it.
    ///
    /// @param start where the frame begins in the buffer; the payload goes up to its position
    static void putHeader(ByteBuffer buffer, int start, Type type, int count, long sequence) {
        int end = buffer.position();
        int length = end - start - HEADER_BYTES;
        buffer.putLong(start, MAGIC);
        buffer.putInt(start + 8, type.ordinal() + 1);
        buffer.putInt(start + 12, count);
        buffer.putLong(start + 16, sequence);
        buffer.putInt(start + 24, length);
        buffer.putInt(start + 28, checksum(buffer, start + CHECKED_FROM, CHECKED_BYTES));
        buffer.putInt(start + 32, checksum(buffer, start + HEADER_BYTES, length));
        buffer.putInt(start + 36, 0);
    }

    /// @return null when these bytes are no header
    static @Nullable Header header(ByteBuffer buffer, int start) {
        int code = buffer.getInt(start + 8);
        int length = buffer.getInt(start + 24);
        boolean isValid =
                buffer.getLong(start) == MAGIC
                        && code >= 1
                        && code <= Type.values().length
                        && length >= 0
                        && length <= PAYLOAD_BYTES_MAX
                        && buffer.getInt(start + 12) >= 0
                        && buffer.getLong(start + 16) >= 0
                        && buffer.getInt(start + 28)
                                == checksum(buffer, start + CHECKED_FROM, CHECKED_BYTES)
                        && buffer.getInt(start + 36) == 0;
        return isValid
                ? new Header(
                        Type.values()[code - 1],
                        buffer.getInt(start + 12),
                        buffer.getLong(start + 16),
                        length,
                        buffer.getInt(start + 32))
                : null;
    }

    static int checksum(ByteBuffer buffer, int start, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.slice(start, length));
        return (int) checksum.getValue();
    }

    long end() {
        return offset + HEADER_BYTES + payload.length;
    }

    /// Where each entry begins in the file.
    record Item(long offset, byte[] entry) {}

    /// The entries of a group.
    ///
    /// @throws Problem UNREADABLE_INPUT when the lengths in the payload make no sense
    List<Item> entries() {
        List<Item> entries = new ArrayList<>(Math.min(count, payload.length));
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        try {
            for (int i = 0; i < count; i++) {
                int length = bytes.getInt();
                if (length < 0 || length > bytes.remaining()) {
                    throw nonsense();
                }
                long start = offset + HEADER_BYTES + bytes.position();
                byte[] entry = new byte[length];
                bytes.get(entry);
                entries.add(new Item(start, entry));
            }
        } catch (BufferUnderflowException e) {
            throw nonsense();
        }
        if (bytes.hasRemaining()) {
            throw nonsense();
        }
        return entries;
    }

    private Problem nonsense() {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "the group of " + count + " entries has other lengths than its entries");
    }
}
