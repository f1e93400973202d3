package dev.sheaf.node.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// Short names of keys that nobody can make another key for: SHA-256 of the public key as
/// certificates hold it, 64 hexadecimal digits. A renewed certificate of the same key has the same.
public final class Fingerprints {
    private Fingerprints() {}

    public static String of(X509Certificate certificate) {
        return of(certificate.getPublicKey().getEncoded());
    }

    /// @param content of any kind
    public static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
