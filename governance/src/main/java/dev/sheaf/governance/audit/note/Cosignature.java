package dev.sheaf.governance.audit.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;

/// What a witness signs: that a checkpoint was the largest consistent one it had seen at some time.
/// Eight bytes of seconds since 1970, then an Ed25519 signature.
///
/// Source: C2SP tlog-cosignature, "Ed25519 signed message".
final class Cosignature {
    private Cosignature() {}

    /// @param seconds since 1970, not negative
    static byte[] sign(PrivateKey key, String text, long seconds) {
        byte[] signature = Ed25519.sign(key, message(text, seconds));
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    static boolean verifies(PublicKey key, String text, byte[] signature) {
        if (signature.length != Long.BYTES + Ed25519.SIGNATURE_BYTES) {
            return false;
        }
        long seconds = seconds(signature);
        byte[] signed = Arrays.copyOfRange(signature, Long.BYTES, signature.length);
        return seconds >= 0 && Ed25519.verify(key, message(text, seconds), signed);
    }

    static long seconds(byte[] signature) {
        return ByteBuffer.wrap(signature).getLong();
    }

    private static byte[] message(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }
}
