package dev.sheaf.node.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/// How keys sign, by their kind, under the names of RFC 7518 and RFC 8037.
enum SignatureAlgorithm {
    ES256("SHA256withECDSAinP1363Format"),
    ES384("SHA384withECDSAinP1363Format"),
    RS256("SHA256withRSA"),
    EdDSA("Ed25519");

    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private final String jdkName;

    SignatureAlgorithm(String jdkName) {
        this.jdkName = jdkName;
    }

    /// The one for a kind of key; empty for kinds that no node uses.
    static Optional<SignatureAlgorithm> of(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec ->
                    switch (ec.getParams().getOrder().bitLength()) {
                        case P256_BITS -> Optional.of(ES256);
                        case P384_BITS -> Optional.of(ES384);
                        default -> Optional.empty();
                    };
            case RSAPublicKey _ -> Optional.of(RS256);
            case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") ->
                    Optional.of(EdDSA);
            default -> Optional.empty();
        };
    }

    byte[] sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jdkName);
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    boolean verifies(PublicKey key, byte[] content, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jdkName);
        signature.initVerify(key);
        signature.update(content);
        try {
            return signature.verify(signed);
        } catch (SignatureException _) {
            return false; // not even of the right form
        }
    }
}
