package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ObjectValue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;

/// What signs or checks: a public key, a secret one with its public half, or a shared secret.
sealed interface KeyMaterial {
    record Public(PublicKey key) implements KeyMaterial {}

    record Pair(PublicKey publicKey, PrivateKey privateKey) implements KeyMaterial {}

    record Shared(byte[] secret) implements KeyMaterial {}

    /// Whether it made the signature.
    default boolean verify(Signatures algorithm, byte[] text, byte[] signature) {
        return switch (this) {
            case Public(PublicKey key) -> algorithm.verify(key, text, signature);
            case Pair pair -> algorithm.verify(pair.publicKey, text, signature);
            case Shared(byte[] secret) ->
                    algorithm.isHmac() && algorithm.isMac(secret, text, signature);
        };
    }

    /// @throws BuiltinFault when it cannot sign so
    default byte[] sign(Signatures algorithm, byte[] text) {
        try {
            return switch (this) {
                case Pair pair -> algorithm.sign(pair.privateKey, text);
                case Shared(byte[] secret) -> {
                    if (!algorithm.isHmac()) {
                        throw unfit(algorithm, "key is a shared secret");
                    }
                    yield algorithm.mac(secret, text);
                }
                case Public key -> throw unfit(algorithm, "key is not a secret one");
            };
        } catch (GeneralSecurityException e) {
            throw unfit(algorithm, String.valueOf(e.getMessage()));
        }
    }

    private static BuiltinFault unfit(Signatures algorithm, String reason) {
        return BuiltinFault.of("failed to sign by %s: %s", algorithm, reason);
    }

    /// @param key a JSON Web Key (RFC 7518, 6; RFC 8037, 2)
    static KeyMaterial parse(ObjectValue key) {
        String kind = WebKeyFields.required(key, "kty");
        try {
            return switch (kind) {
                case "RSA" -> rsa(key);
                case "EC" -> elliptic(key);
                case "OKP" -> edwards(key);
                case "oct" -> new Shared(WebKeyFields.bytes(key, "k"));
                default -> throw BuiltinFault.of("key of unknown type (kty) \"%s\"", kind);
            };
        } catch (GeneralSecurityException e) {
            throw BuiltinFault.of("key of type %s: %s", kind, String.valueOf(e.getMessage()));
        }
    }

    private static KeyMaterial rsa(ObjectValue key) throws GeneralSecurityException {
        BigInteger n = WebKeyFields.number(key, "n");
        BigInteger e = WebKeyFields.number(key, "e");
        KeyFactory factory = KeyFactory.getInstance("RSA");
        PublicKey publicKey = factory.generatePublic(new RSAPublicKeySpec(n, e));
        if (!WebKeyFields.has(key, "d")) {
            return new Public(publicKey);
        }
        BigInteger d = WebKeyFields.number(key, "d");
        if (!WebKeyFields.has(key, "p") || !WebKeyFields.has(key, "q")) {
            return new Pair(publicKey, factory.generatePrivate(new RSAPrivateKeySpec(n, d)));
        }
        SecretKey.Rsa secret =
                new SecretKey.Rsa(
                        n, e, d, WebKeyFields.number(key, "p"), WebKeyFields.number(key, "q"));
        if (!secret.isConsistent()) {
            throw BuiltinFault.of("numbers of the RSA key do not belong together");
        }
        return new Pair(publicKey, secret.key());
    }

    private static KeyMaterial elliptic(ObjectValue key) throws GeneralSecurityException {
        String name = WebKeyFields.required(key, "crv");
        Curve curve = Curve.byWebName(name);
        if (curve == null) {
            throw BuiltinFault.of("key on unknown curve (crv) \"%s\"", name);
        }
        ECPoint point = new ECPoint(WebKeyFields.number(key, "x"), WebKeyFields.number(key, "y"));
        if (!curve.has(point)) {
            throw BuiltinFault.of("key's point is not on curve %s", name);
        }
        PublicKey publicKey = curve.key(point);
        return WebKeyFields.has(key, "d")
                ? new Pair(
                        publicKey,
                        new SecretKey.Elliptic(curve, WebKeyFields.number(key, "d")).key())
                : new Public(publicKey);
    }

    private static KeyMaterial edwards(ObjectValue key) throws GeneralSecurityException {
        String name = WebKeyFields.required(key, "crv");
        byte[] x = WebKeyFields.bytes(key, "x");
        if (!name.equals("Ed25519") || x.length != EdwardsKeys.BYTES) {
            throw BuiltinFault.of("key on curve (crv) \"%s\" of %d bytes", name, x.length);
        }
        PublicKey publicKey = EdwardsKeys.key(x);
        return WebKeyFields.has(key, "d")
                ? new Pair(publicKey, new SecretKey.Edwards(WebKeyFields.bytes(key, "d")).key())
                : new Public(publicKey);
    }
}
