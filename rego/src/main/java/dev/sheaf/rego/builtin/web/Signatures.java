package dev.sheaf.rego.builtin.web;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/// Makes and checks signatures by the algorithms of JSON Web Signatures (RFC 7518, 3; RFC 8037).
///
/// Checking tells only whether a signature is right; one that is malformed, or made by a key of
/// another kind, is not.
enum Signatures {
    RS256(Kind.RSA, 256),
    RS384(Kind.RSA, 384),
    RS512(Kind.RSA, 512),
    PS256(Kind.PSS, 256),
    PS384(Kind.PSS, 384),
    PS512(Kind.PSS, 512),
    ES256(Kind.ECDSA, 256),
    ES384(Kind.ECDSA, 384),
    ES512(Kind.ECDSA, 512),
    HS256(Kind.HMAC, 256),
    HS384(Kind.HMAC, 384),
    HS512(Kind.HMAC, 512),
    EdDSA(Kind.EDDSA, 512);

    /// More than a number of any curve has, and few enough for a length in one byte.
    private static final int COORDINATE_BYTES_MAX = 100;

    private enum Kind {
        RSA,
        PSS,
        ECDSA,
        HMAC,
        EDDSA
    }

    private final Kind kind;
    private final int digestBits;

    Signatures(Kind kind, int digestBits) {
        this.kind = kind;
        this.digestBits = digestBits;
    }

    static boolean has(String name) {
        return Arrays.stream(values()).anyMatch(algorithm -> algorithm.name().equals(name));
    }

    boolean isHmac() {
        return kind == Kind.HMAC;
    }

    /// @param secret of any length
    byte[] mac(byte[] secret, byte[] text) {
        return DigestBuiltins.hmac("HmacSHA" + digestBits, secret, text);
    }

    /// In a time that does not tell where a wrong one differs.
    boolean isMac(byte[] secret, byte[] text, byte[] mac) {
        return MessageDigest.isEqual(mac(secret, text), mac);
    }

    boolean verify(PublicKey key, byte[] text, byte[] signature) {
        try {
            return switch (kind) {
                case RSA ->
                        key instanceof RSAPublicKey
                                && verify("SHA" + digestBits + "withRSA", key, text, signature);
                case PSS ->
                        key instanceof RSAPublicKey rsa && isProbabilistic(rsa, text, signature);
                case ECDSA ->
                        key instanceof ECKey
                                && verify(
                                        "SHA" + digestBits + "withECDSA",
                                        key,
                                        text,
                                        toDer(signature));
                case EDDSA -> key instanceof EdECKey && verify("Ed25519", key, text, signature);
                case HMAC -> false;
            };
        } catch (GeneralSecurityException e) {
            // It is malformed: no signature of this key.
            return false;
        }
    }

    static boolean verify(String algorithm, PublicKey key, byte[] text, byte[] signature)
            throws GeneralSecurityException {
        Signature check = Signature.getInstance(algorithm);
        check.initVerify(key);
        check.update(text);
        return check.verify(signature);
    }

    /// @throws InvalidKeyException when the key is of another kind
    byte[] sign(PrivateKey key, byte[] text) throws GeneralSecurityException {
        Signature signing =
                switch (kind) {
                    case RSA -> Signature.getInstance("SHA" + digestBits + "withRSA");
                    case PSS -> {
                        Signature pss = Signature.getInstance("RSASSA-PSS");
                        String digest = "SHA-" + digestBits;
                        pss.setParameter(
                                new PSSParameterSpec(
                                        digest,
                                        "MGF1",
                                        new MGF1ParameterSpec(digest),
                                        digestBits / 8,
                                        PSSParameterSpec.TRAILER_FIELD_BC));
                        yield pss;
                    }
                    case ECDSA ->
                            Signature.getInstance("SHA" + digestBits + "withECDSAinP1363Format");
                    case EDDSA -> Signature.getInstance("Ed25519");
                    case HMAC -> throw new InvalidKeyException("no secret of bytes");
                };
        if (!isFor(key)) {
            throw new InvalidKeyException("key of kind " + key.getAlgorithm());
        }
        signing.initSign(key);
        signing.update(text);
        return signing.sign();
    }

    private boolean isFor(Key key) {
        return switch (kind) {
            case RSA, PSS -> key instanceof RSAKey;
            case ECDSA -> key instanceof ECKey;
            case EDDSA -> key instanceof EdECKey;
            case HMAC -> false;
        };
    }

    /// From two numbers of equal length one after the other to the form of X9.62.
    private static byte[] toDer(byte[] signature) {
        int half = signature.length / 2;
        byte[] r = new BigInteger(1, Arrays.copyOfRange(signature, 0, half)).toByteArray();
        byte[] s =
                new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length))
                        .toByteArray();
        if (r.length > COORDINATE_BYTES_MAX || s.length > COORDINATE_BYTES_MAX) {
            return new byte[0];
        }
        int length = 4 + r.length + s.length;
        int head = length < 0x80 ? 2 : 3;
        byte[] der = new byte[head + length];
        der[0] = Der.SEQUENCE;
        der[1] = (byte) 0x81;
        der[head - 1] = (byte) length;
        der[head] = Der.INTEGER;
        der[head + 1] = (byte) r.length;
        System.arraycopy(r, 0, der, head + 2, r.length);
        der[head + 2 + r.length] = Der.INTEGER;
        der[head + 3 + r.length] = (byte) s.length;
        System.arraycopy(s, 0, der, head + 4 + r.length, s.length);
        return der;
    }

    /// EMSA-PSS-VERIFY of RFC 8017, 9.1.2, with a salt of any length; the JDK wants to be told it.
    private boolean isProbabilistic(RSAPublicKey key, byte[] text, byte[] signature) {
        return isProbabilistic(key, "SHA-" + digestBits, text, signature);
    }

    static boolean isProbabilistic(RSAPublicKey key, String digest, byte[] text, byte[] signature) {
        BigInteger n = key.getModulus();
        BigInteger number = new BigInteger(1, signature);
        if (signature.length != (n.bitLength() + 7) / 8 || number.compareTo(n) >= 0) {
            return false;
        }
        int bits = n.bitLength() - 1;
        int length = (bits + 7) / 8;
        byte[] raw = number.modPow(key.getPublicExponent(), n).toByteArray();
        int extra = Math.max(0, raw.length - length);
        for (int i = 0; i < extra; i++) {
            if (raw[i] != 0) {
                return false;
            }
        }
        byte[] encoded = new byte[length];
        System.arraycopy(raw, extra, encoded, length - (raw.length - extra), raw.length - extra);
        byte[] hash = DigestBuiltins.digest(digest, text);
        int dataLength = length - hash.length - 1;
        if (dataLength < 1 || encoded[length - 1] != (byte) 0xbc) {
            return false;
        }
        byte[] expected = Arrays.copyOfRange(encoded, dataLength, length - 1);
        byte[] data = Arrays.copyOf(encoded, dataLength);
        int topMask = 0xff >>> 8 * length - bits;
        if ((data[0] & ~topMask & 0xff) != 0) {
            return false;
        }
        unmask(data, expected, digest);
        data[0] &= (byte) topMask;
        int one = 0;
        while (one < dataLength && data[one] == 0) {
            one++;
        }
        if (one == dataLength || data[one] != 1) {
            return false;
        }
        byte[] input = new byte[8 + hash.length + dataLength - one - 1];
        System.arraycopy(hash, 0, input, 8, hash.length);
        System.arraycopy(data, one + 1, input, 8 + hash.length, dataLength - one - 1);
        return MessageDigest.isEqual(expected, DigestBuiltins.digest(digest, input));
    }

    /// MGF1 of RFC 8017, B.2.1.
    private static void unmask(byte[] data, byte[] seed, String digest) {
        byte[] input = Arrays.copyOf(seed, seed.length + 4);
        for (int start = 0, block = 0; start < data.length; block++) {
            for (int i = 0; i < 4; i++) {
                input[seed.length + i] = (byte) (block >>> 24 - 8 * i);
            }
            byte[] mask = DigestBuiltins.digest(digest, input);
            for (int i = 0; i < mask.length && start < data.length; i++, start++) {
                data[start] ^= mask[i];
            }
        }
    }
}
