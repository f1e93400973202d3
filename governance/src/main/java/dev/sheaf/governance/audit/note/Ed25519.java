package dev.sheaf.governance.audit.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Ed25519 as the JDK has it, with keys as 32 bytes.
///
/// Source: RFC 8032; RFC 8410 for the frame around the 32 bytes.
final class Ed25519 {
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;
    private static final byte[] FRAME = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /// @throws GeneralSecurityException when these bytes are no key
    static PublicKey publicKey(byte[] key) throws GeneralSecurityException {
        byte[] framed = Arrays.copyOf(FRAME, FRAME.length + KEY_BYTES);
        System.arraycopy(key, 0, framed, FRAME.length, KEY_BYTES);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(framed));
    }

    /// The 32 bytes.
    ///
    /// @throws IllegalArgumentException when it is a key of another kind
    static byte[] bytesOf(PublicKey key) {
        byte[] framed = key.getEncoded();
        boolean isEd25519 =
                key instanceof EdECPublicKey
                        && framed.length == FRAME.length + KEY_BYTES
                        && Arrays.equals(framed, 0, FRAME.length, FRAME, 0, FRAME.length);
        if (!isEd25519) {
            throw new IllegalArgumentException("no Ed25519 key: " + key.getAlgorithm());
        }
        return Arrays.copyOfRange(framed, FRAME.length, framed.length);
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
        }
    }

    static boolean verify(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (SignatureException e) {
            // So the JDK says that the bytes cannot be a signature at all.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }
}
