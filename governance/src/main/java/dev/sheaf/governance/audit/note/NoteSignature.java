package dev.sheaf.governance.audit.note;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/// One line below a note: who claims to have signed it, and the signature. Immutable; for any
/// thread.
///
/// Source: C2SP signed-note, "Signatures".
public final class NoteSignature {
    private static final String DASH = "— ";

    private final String keyName;
    private final int keyId;
    private final byte[] signature;

    NoteSignature(String keyName, int keyId, byte[] signature) {
        NoteKey.requireName(keyName);
        this.keyName = keyName;
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /// @param line without its line feed
    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when it is no signature line
    static NoteSignature parse(String line) {
        String[] parts =
                line.startsWith(DASH)
                        ? line.substring(DASH.length()).split(" ", -1)
                        : new String[0];
        if (parts.length != 2) {
            throw NoteFault.malformed(
                    "'"
                            + NoteFault.shown(line)
                            + "' is no signature line: expected is an em dash, a key's name and"
                            + " base64, with one space between them");
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
        } catch (IllegalArgumentException e) {
            throw NoteFault.malformed("the signature of '" + parts[0] + "' is no base64", e);
        }
        if (bytes.remaining() <= Integer.BYTES) {
            throw NoteFault.malformed("the signature of '" + parts[0] + "' is too short");
        }
        int keyId = bytes.getInt();
        byte[] signature = new byte[bytes.remaining()];
        bytes.get(signature);
        NoteSignature parsed = new NoteSignature(parts[0], keyId, signature);
        if (!parsed.toString().equals(line)) {
            throw NoteFault.malformed(
                    "the signature of '" + parts[0] + "' is not written in canonical base64");
        }
        return parsed;
    }

    public String keyName() {
        return keyName;
    }

    public int keyId() {
        return keyId;
    }

    byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteSignature that
                && keyId == that.keyId
                && keyName.equals(that.keyName)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    /// The line without its line feed.
    @Override
    public String toString() {
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES + signature.length)
                        .putInt(keyId)
                        .put(signature)
                        .array();
        return DASH + keyName + ' ' + Base64.getEncoder().encodeToString(bytes);
    }
}
