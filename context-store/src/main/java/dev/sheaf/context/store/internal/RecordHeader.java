package dev.sheaf.context.store.internal;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The 48 bytes before each payload, and how they are written, checked and read: one reusable
/// header at a time, all numbers little-endian. Specified in `spec/context-log.md`.
///
/// The header's checksum begins with the segment's salt, a random number: bytes that only look like
/// a record (in a payload, or left over from another segment) do not pass. For one thread.
public final class RecordHeader {
    public static final int BYTES = 48;
    private static final int ALIGNMENT_BYTES = 8;
    private static final int SALT_BYTES = 8;
    private static final int CHECKED_BYTES = BYTES - Integer.BYTES;
    private static final int LENGTH_MAX = 16 << 20;
    // Places within the checked part of the header, that is after its own checksum.
    private static final int PAYLOAD_CRC = SALT_BYTES;
    private static final int LENGTH = SALT_BYTES + 4;
    private static final int TYPE = SALT_BYTES + 8;
    private static final int POSITION = SALT_BYTES + 12;
    private static final int UNSYNCED = SALT_BYTES + 20;
    private static final int GROUP = SALT_BYTES + 24;
    private static final int ACTOR = SALT_BYTES + 28;
    private static final int EXTENT = SALT_BYTES + 32;
    private static final int FIRST = SALT_BYTES + 36;

    private final byte[] bytes = new byte[SALT_BYTES + CHECKED_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    public RecordHeader(long salt) {
        view.putLong(0, salt);
    }

    /// The room that a record with a payload of this length takes.
    public static int sizeOf(int payloadLength) {
        return (BYTES + payloadLength + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
    }

    /// Appends a whole record, padded with zeros, to a little-endian buffer with room for it.
    ///
    /// @param unsynced how many positions up to this one were not synced when it was written
    public void put(
            ByteBuffer target,
            RecordType type,
            long position,
            long unsynced,
            int group,
            int actor,
            long first,
            long last,
            byte[] payload,
            int offset,
            int length) {
        int end = target.position() + sizeOf(length);
        view.putInt(PAYLOAD_CRC, crcOf(payload, offset, length));
        view.putInt(LENGTH, length);
        view.putInt(TYPE, type.code());
        view.putLong(POSITION, position);
        view.putInt(UNSYNCED, (int) Math.min(unsynced, 0xFFFF_FFFFL));
        view.putInt(GROUP, group);
        view.putInt(ACTOR, actor);
        view.putInt(EXTENT, (int) (last - first));
        view.putLong(FIRST, first);
        target.putInt(crcOf(bytes, 0, bytes.length));
        target.put(bytes, SALT_BYTES, CHECKED_BYTES);
        target.put(payload, offset, length);
        while (target.position() < end) {
            target.put((byte) 0);
        }
    }

    /// Reads a header out of a little-endian buffer without moving it.
    ///
    /// @return whether it is one; the values are undefined otherwise
    public boolean read(ByteBuffer source, int at) {
        source.get(at + Integer.BYTES, bytes, SALT_BYTES, CHECKED_BYTES);
        int length = view.getInt(LENGTH);
        return length >= 0
                && length <= LENGTH_MAX
                && RecordType.of(view.getInt(TYPE)) != null
                && source.getInt(at) == crcOf(bytes, 0, bytes.length);
    }

    private int crcOf(byte[] data, int offset, int length) {
        crc.reset();
        crc.update(data, offset, length);
        return (int) crc.getValue();
    }

    boolean fits(byte[] payload) {
        return crcOf(payload, 0, payload.length) == view.getInt(PAYLOAD_CRC);
    }

    public RecordType type() {
        @Nullable RecordType type = RecordType.of(view.getInt(TYPE));
        if (type == null) {
            throw new IllegalStateException("no header was read");
        }
        return type;
    }

    public int length() {
        return view.getInt(LENGTH);
    }

    public long position() {
        return view.getLong(POSITION);
    }

    /// The position that was synced when this record was written, or an earlier one.
    public long syncedBefore() {
        return position() - Integer.toUnsignedLong(view.getInt(UNSYNCED));
    }

    public int group() {
        return view.getInt(GROUP);
    }

    public int actor() {
        return view.getInt(ACTOR);
    }

    public long first() {
        return view.getLong(FIRST);
    }

    public long last() {
        return first() + Integer.toUnsignedLong(view.getInt(EXTENT));
    }
}
