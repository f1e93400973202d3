package dev.sheaf.governance.audit.note;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.Sha256;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A public key with a name, as `name+keyid+base64`: who is believed. Immutable; for any thread.
///
/// Source: C2SP signed-note, "Verifier keys".
public final class NoteKey {
    private static final Pattern FORM = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+(.+)");
    private static final int ID_HEX_DIGITS = 8;

    private final String name;
    private final int id;
    private final Kind kind;
    private final byte[] key;
    private final PublicKey publicKey;

    /// What a key signs.
    public enum Kind {
        /// The text of a note.
        ED25519(1),
        /// A checkpoint together with the time at which a witness saw it.
        COSIGNATURE(4);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    private NoteKey(String name, Kind kind, byte[] key, PublicKey publicKey) {
        this.name = name;
        this.kind = kind;
        this.key = key;
        this.publicKey = publicKey;
        this.id = idOf(name, kind, key);
    }

    /// @throws Problem UNREADABLE_INPUT when the name is empty, or has a space or a plus
    public static NoteKey of(String name, Kind kind, PublicKey publicKey) {
        requireName(name);
        return new NoteKey(name, kind, Ed25519.bytesOf(publicKey), publicKey);
    }

    /// @throws Problem UNREADABLE_INPUT when it is no key in this form, of a kind that is not known
    ///   here, or its id does not belong to it
    public static NoteKey parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw fault(text, "expected is name+id+base64, the id of eight hexadecimal digits");
        }
        String name = form.group(1);
        requireName(name);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(form.group(3));
        } catch (IllegalArgumentException e) {
            throw fault(text, "its last part is no base64");
        }
        Kind kind = kindOf(text, bytes);
        byte[] key = Arrays.copyOfRange(bytes, 1, bytes.length);
        PublicKey publicKey;
        try {
            publicKey = Ed25519.publicKey(key);
        } catch (GeneralSecurityException e) {
            throw fault(text, "its 32 bytes are no Ed25519 key");
        }
        NoteKey parsed = new NoteKey(name, kind, key, publicKey);
        if (parsed.id != Integer.parseUnsignedInt(form.group(2), 16)) {
            throw fault(text, "its id is not that of its name and key");
        }
        return parsed;
    }

    private static Kind kindOf(String text, byte[] bytes) {
        for (Kind kind : Kind.values()) {
            if (bytes.length == 1 + Ed25519.KEY_BYTES && bytes[0] == kind.code) {
                return kind;
            }
        }
        throw fault(text, "allowed are Ed25519 keys of type 1 and cosigners' keys of type 4");
    }

    private static Problem fault(String text, String why) {
        return NoteFault.malformed("'" + NoteFault.shown(text) + "' is no verifier key: " + why);
    }

    /// Names are never empty and have neither spaces nor a plus.
    static void requireName(String name) {
        boolean isAllowed =
                !name.isEmpty()
                        && name.codePoints()
                                .noneMatch(point ->
                                        point == '+'
                                                || Character.isSpaceChar(point)
                                                || Character.isWhitespace(point)
                                                || Character.isISOControl(point)
                                                || (point >= Character.MIN_SURROGATE
                                                        && point <= Character.MAX_SURROGATE));
        if (!isAllowed) {
            throw NoteFault.malformed(
                    "'"
                            + NoteFault.shown(name)
                            + "' cannot name a key: use a name like example.com/log, without"
                            + " spaces and plus signs");
        }
    }

    private static int idOf(String name, Kind kind, byte[] key) {
        byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(named.length + 1 + key.length);
        content.put(named).put(kind.code).put(key);
        String digest = Sha256.of(content.array()).hex();
        return Integer.parseUnsignedInt(digest.substring(0, ID_HEX_DIGITS), 16);
    }

    public String name() {
        return name;
    }

    /// The first four bytes of the hash over name, kind and key.
    public int id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether a signature claims to be by this key.
    boolean claims(NoteSignature signature) {
        return id == signature.keyId() && name.equals(signature.keyName());
    }

    /// Whether this key has signed the text.
    boolean verifies(String text, byte[] signature) {
        return switch (kind) {
            case ED25519 ->
                    signature.length == Ed25519.SIGNATURE_BYTES
                            && Ed25519.verify(
                                    publicKey, text.getBytes(StandardCharsets.UTF_8), signature);
            case COSIGNATURE -> Cosignature.verifies(publicKey, text, signature);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteKey that
                && name.equals(that.name)
                && kind == that.kind
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return id;
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(1 + key.length).put(kind.code).put(key).array();
        return name
                + '+'
                + HexFormat.of().toHexDigits(id)
                + '+'
                + Base64.getEncoder().encodeToString(typed);
    }
}
