package dev.sheaf.node.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// What the root of a mesh itself says: who is a member and who is no more. Only its holder can say
/// it. ECDSA over SHA-256, as the two numbers one after the other (RFC 7518, section 3.4), in
/// base64url; under what begins with a word of its own, so that nothing signed here can be taken
/// for a certificate.
public final class RootSignatures {
    private static final byte[] CONTEXT = "sheaf-root-says\n".getBytes(StandardCharsets.UTF_8);

    private RootSignatures() {}

    /// @throws dev.sheaf.kernel.Problem FORBIDDEN when this node does not hold the root
    public static String sign(MeshKeys keys, byte[] content) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            SignatureAlgorithm.ES256.sign(
                                    keys.requireRoot().key(), within(content)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a root that has made certificates signs", e);
        }
    }

    public static boolean verifies(X509Certificate root, byte[] content, String signature) {
        try {
            return SignatureAlgorithm.ES256.verifies(
                    root.getPublicKey(), within(content), Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false; // not even of the right form
        }
    }

    private static byte[] within(byte[] content) {
        byte[] whole = new byte[CONTEXT.length + content.length];
        System.arraycopy(CONTEXT, 0, whole, 0, CONTEXT.length);
        System.arraycopy(content, 0, whole, CONTEXT.length, content.length);
        return whole;
    }
}
