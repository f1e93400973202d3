package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/// The secret half of a pair of keys. Not written to logs or messages.
sealed interface SecretKey {
    /// As Go's JSON shows it, which is what `crypto.parse_private_keys` returns.
    Value json();

    /// As a JSON Web Key (RFC 7517).
    ObjectValue webKey();

    PrivateKey key() throws GeneralSecurityException;

    PublicKey publicKey() throws GeneralSecurityException;

    /// RFC 8017.
    record Rsa(BigInteger n, BigInteger e, BigInteger d, BigInteger p, BigInteger q)
            implements SecretKey {
        private BigInteger dp() {
            return d.mod(p.subtract(BigInteger.ONE));
        }

        private BigInteger dq() {
            return d.mod(q.subtract(BigInteger.ONE));
        }

        private BigInteger qInverse() {
            return q.modInverse(p);
        }

        /// Whether the numbers belong together.
        boolean isConsistent() {
            BigInteger one = BigInteger.ONE;
            return p.compareTo(one) > 0
                    && q.compareTo(one) > 0
                    && p.multiply(q).equals(n)
                    && e.multiply(d).mod(p.subtract(one)).equals(one)
                    && e.multiply(d).mod(q.subtract(one)).equals(one);
        }

        @Override
        public Value json() {
            return new ObjectValue.Builder()
                    .put("N", NumberValue.of(n))
                    .put("E", NumberValue.of(e))
                    .put("D", NumberValue.of(d))
                    .put("Primes", ArrayValue.of(NumberValue.of(p), NumberValue.of(q)))
                    .put(
                            "Precomputed",
                            new ObjectValue.Builder()
                                    .put("Dp", NumberValue.of(dp()))
                                    .put("Dq", NumberValue.of(dq()))
                                    .put("Qinv", NumberValue.of(qInverse()))
                                    .put("CRTValues", ArrayValue.EMPTY)
                                    .build())
                    .build();
        }

        @Override
        public ObjectValue webKey() {
            return new ObjectValue.Builder()
                    .put("kty", StringValue.of("RSA"))
                    .put("n", digits(n, 0))
                    .put("e", digits(e, 0))
                    .put("d", digits(d, 0))
                    .put("p", digits(p, 0))
                    .put("q", digits(q, 0))
                    .put("dp", digits(dp(), 0))
                    .put("dq", digits(dq(), 0))
                    .put("qi", digits(qInverse(), 0))
                    .build();
        }

        @Override
        public PrivateKey key() throws GeneralSecurityException {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new RSAPrivateCrtKeySpec(n, e, d, p, q, dp(), dq(), qInverse()));
        }

        @Override
        public PublicKey publicKey() throws GeneralSecurityException {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e));
        }
    }

    /// RFC 5915.
    record Elliptic(Curve curve, BigInteger d) implements SecretKey {
        @Override
        public Value json() {
            ECPoint point = curve.publicPoint(d);
            return new ObjectValue.Builder()
                    .put("Curve", ObjectValue.EMPTY)
                    .put("X", NumberValue.of(point.getAffineX()))
                    .put("Y", NumberValue.of(point.getAffineY()))
                    .put("D", NumberValue.of(d))
                    .build();
        }

        @Override
        public ObjectValue webKey() {
            ECPoint point = curve.publicPoint(d);
            return new ObjectValue.Builder()
                    .put("kty", StringValue.of("EC"))
                    .put("crv", StringValue.of(curve.webName))
                    .put("x", digits(point.getAffineX(), curve.coordinateBytes))
                    .put("y", digits(point.getAffineY(), curve.coordinateBytes))
                    .put("d", digits(d, curve.coordinateBytes))
                    .build();
        }

        @Override
        public PrivateKey key() throws GeneralSecurityException {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(d, curve.parameters()));
        }

        @Override
        public PublicKey publicKey() throws GeneralSecurityException {
            return curve.key(curve.publicPoint(d));
        }
    }

    /// RFC 8032, Ed25519.
    record Edwards(byte[] seed) implements SecretKey {
        @Override
        public Value json() {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(seed);
            both.writeBytes(EdwardsKeys.publicBytes(seed));
            return StringValue.of(GoBase64.encode(both.toByteArray()));
        }

        @Override
        public ObjectValue webKey() {
            return new ObjectValue.Builder()
                    .put("kty", StringValue.of("OKP"))
                    .put("crv", StringValue.of("Ed25519"))
                    .put("x", StringValue.of(GoBase64.encodeUrl(EdwardsKeys.publicBytes(seed))))
                    .put("d", StringValue.of(GoBase64.encodeUrl(seed)))
                    .build();
        }

        @Override
        public PrivateKey key() throws GeneralSecurityException {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        }

        @Override
        public PublicKey publicKey() throws GeneralSecurityException {
            return EdwardsKeys.key(EdwardsKeys.publicBytes(seed));
        }
    }

    /// Base64 of a number's bytes, the highest first.
    ///
    /// @param length at least so many bytes
    private static StringValue digits(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int zeros = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        int count = bytes.length - zeros;
        byte[] padded = new byte[Math.max(length, count)];
        System.arraycopy(bytes, zeros, padded, padded.length - count, count);
        return StringValue.of(GoBase64.encodeUrl(padded));
    }
}
