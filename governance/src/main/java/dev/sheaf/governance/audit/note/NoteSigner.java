package dev.sheaf.governance.audit.note;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;

/// Signs notes with an Ed25519 key. For any thread; never shows its key.
public final class NoteSigner {
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.UTF_8);

    private final NoteKey key;
    private final NoteKey cosignerKey;
    private final PrivateKey privateKey;

    /// @param name without spaces and plus signs; a log's key has the name of its origin
    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when the name cannot be one
    /// @throws IllegalArgumentException when these are no Ed25519 keys, or no pair
    public NoteSigner(String name, KeyPair keys) {
        this.key = NoteKey.of(name, NoteKey.Kind.ED25519, keys.getPublic());
        this.cosignerKey = NoteKey.of(name, NoteKey.Kind.COSIGNATURE, keys.getPublic());
        this.privateKey = keys.getPrivate();
        if (!Ed25519.verify(keys.getPublic(), PROBE, Ed25519.sign(privateKey, PROBE))) {
            throw new IllegalArgumentException("the public key is not that of the private key");
        }
    }

    /// For those who check [#sign].
    public NoteKey key() {
        return key;
    }

    /// For those who check [#cosign].
    public NoteKey cosignerKey() {
        return cosignerKey;
    }

    /// @param text ends with a line feed
    public SignedNote sign(String text) {
        byte[] signature = Ed25519.sign(privateKey, text.getBytes(StandardCharsets.UTF_8));
        return new SignedNote(text, List.of(new NoteSignature(key.name(), key.id(), signature)));
    }

    /// Signs as a witness. The caller has seen a proof that the checkpoint continues the last one
    /// it signed for this log.
    ///
    /// @param seconds since 1970, not negative
    public SignedNote cosign(SignedNote checkpoint, long seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("no time: " + seconds);
        }
        byte[] signature = Cosignature.sign(privateKey, checkpoint.text(), seconds);
        return checkpoint.with(new NoteSignature(cosignerKey.name(), cosignerKey.id(), signature));
    }
}
