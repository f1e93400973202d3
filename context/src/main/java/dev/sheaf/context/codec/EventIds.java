package dev.sheaf.context.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// Event ids as bytes: what an id shares with the one before it is not said again, and a UUID takes
/// sixteen bytes.
final class EventIds {
    private static final int PREFIXED = 0;
    private static final int BINARY = 1;
    private static final int UUID_CHARACTERS = 36;
    private static final byte[] NONE = new byte[0];

    private byte[] previous = NONE;

    void write(ByteWriter out, String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        if (isUuid(bytes)) {
            UUID uuid = UUID.fromString(id);
            out.u8(BINARY);
            out.u64(uuid.getMostSignificantBits());
            out.u64(uuid.getLeastSignificantBits());
            return;
        }
        int difference = Arrays.mismatch(previous, bytes);
        int shared = difference < 0 ? bytes.length : difference;
        out.u8(PREFIXED);
        out.varint(shared);
        out.varint(bytes.length - shared);
        out.raw(bytes, shared, bytes.length - shared);
        previous = bytes;
    }

    String read(ByteReader in) {
        int form = in.u8();
        if (form == BINARY) {
            return new UUID(in.u64(), in.u64()).toString();
        }
        if (form != PREFIXED) {
            throw in.fault("has an unknown form of event id " + form);
        }
        int shared = in.varint(previous.length, "the shared part of an event id");
        int more = in.count("bytes of an event id");
        byte[] bytes = Arrays.copyOf(previous, shared + more);
        System.arraycopy(in.raw(more), 0, bytes, shared, more);
        previous = bytes;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void reset() {
        previous = NONE;
    }

    private static boolean isUuid(byte[] bytes) {
        if (bytes.length != UUID_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARACTERS; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            byte b = bytes[i];
            boolean fits = hyphen ? b == '-' : b >= '0' && b <= '9' || b >= 'a' && b <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
