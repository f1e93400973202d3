package dev.sheaf.rego.bundle;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

import javax.crypto.Mac;

/// How tokens are signed.
///
/// Source: RFC 7518, section 3.1.
public enum SignatureScheme {
    HS256(Family.SECRET, 256),
    HS384(Family.SECRET, 384),
    HS512(Family.SECRET, 512),
    RS256(Family.RSA, 256),
    RS384(Family.RSA, 384),
    RS512(Family.RSA, 512),
    PS256(Family.RSA_PSS, 256),
    PS384(Family.RSA_PSS, 384),
    PS512(Family.RSA_PSS, 512),
    ES256(Family.CURVE, 256),
    ES384(Family.CURVE, 384),
    ES512(Family.CURVE, 512);

    /// The kinds of keys.
    enum Family {
        SECRET,
        RSA,
        RSA_PSS,
        CURVE
    }

    private final Family family;
    private final int digestBits;

    SignatureScheme(Family family, int digestBits) {
        this.family = family;
        this.digestBits = digestBits;
    }

    Family family() {
        return family;
    }

    /// Of the numbers on the curve that `ES…` takes.
    int curveBits() {
        return digestBits == 512 ? 521 : digestBits;
    }

    private Signature signature() throws GeneralSecurityException {
        String name =
                switch (family) {
                    case RSA -> "SHA" + digestBits + "withRSA";
                    case RSA_PSS -> "RSASSA-PSS";
                    case CURVE -> "SHA" + digestBits + "withECDSAinP1363Format";
                    case SECRET -> throw new IllegalStateException("a secret makes no signature");
                };
        Signature signature = Signature.getInstance(name);
        if (family == Family.RSA_PSS) {
            String digest = "SHA-" + digestBits;
            signature.setParameter(
                    new PSSParameterSpec(
                            digest,
                            "MGF1",
                            new MGF1ParameterSpec(digest),
                            digestBits / Byte.SIZE,
                            PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return signature;
    }

    private byte[] code(Key key, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + digestBits);
        mac.init(key);
        return mac.doFinal(content);
    }

    /// @param key a private key, or a secret, of this scheme's kind
    byte[] sign(Key key, byte[] content) throws GeneralSecurityException {
        if (family == Family.SECRET) {
            return code(key, content);
        }
        Signature signature = signature();
        signature.initSign((PrivateKey) key);
        signature.update(content);
        return signature.sign();
    }

    /// @param key a public key, or a secret, of this scheme's kind
    boolean verify(Key key, byte[] content, byte[] signed) throws GeneralSecurityException {
        if (family == Family.SECRET) {
            return MessageDigest.isEqual(code(key, content), signed);
        }
        Signature signature = signature();
        signature.initVerify((PublicKey) key);
        signature.update(content);
        try {
            return signature.verify(signed);
        } catch (SignatureException malformed) {
            return false;
        }
    }
}
