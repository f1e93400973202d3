package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/// A public key as certificates carry it (RFC 5280, 4.1.2.7; RFC 3279; RFC 8410).
sealed interface SubjectKey {
    /// The number that Go gives its algorithm.
    int algorithmNumber();

    /// As Go's JSON shows it.
    Value json();

    /// @throws BuiltinFault when the JDK has no use for it
    PublicKey key();

    record Rsa(BigInteger n, BigInteger e) implements SubjectKey {
        @Override
        public int algorithmNumber() {
            return 1;
        }

        @Override
        public Value json() {
            return new ObjectValue.Builder()
                    .put("N", NumberValue.of(n))
                    .put("E", NumberValue.of(e))
                    .build();
        }

        @Override
        public PublicKey key() {
            return usable(
                    () -> KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e)));
        }
    }

    record Elliptic(Curve curve, ECPoint point) implements SubjectKey {
        @Override
        public int algorithmNumber() {
            return 3;
        }

        @Override
        public Value json() {
            return new ObjectValue.Builder()
                    .put("Curve", ObjectValue.EMPTY)
                    .put("X", NumberValue.of(point.getAffineX()))
                    .put("Y", NumberValue.of(point.getAffineY()))
                    .build();
        }

        @Override
        public PublicKey key() {
            return usable(() -> curve.key(point));
        }
    }

    record Edwards(byte[] bytes) implements SubjectKey {
        @Override
        public int algorithmNumber() {
            return 4;
        }

        @Override
        public Value json() {
            return StringValue.of(GoBase64.encode(bytes));
        }

        @Override
        public PublicKey key() {
            return usable(() -> EdwardsKeys.key(bytes));
        }
    }

    /// Of an algorithm that nothing is known of.
    record Unknown(int algorithmNumber) implements SubjectKey {
        @Override
        public Value json() {
            return NullValue.NULL;
        }

        @Override
        public PublicKey key() {
            throw BuiltinFault.of("x509: unknown public key algorithm");
        }
    }

    /// @param info SubjectPublicKeyInfo
    static SubjectKey parse(Der info) {
        Der.Reader fields = info.values();
        Der.Reader algorithm = fields.next(Der.SEQUENCE).values();
        String oid = algorithm.next(Der.OID).oidText();
        byte[] bits = fields.next(Der.BIT_STRING).bits();
        return switch (oid) {
            case "1.2.840.113549.1.1.1" -> rsa(bits);
            case "1.2.840.10045.2.1" -> elliptic(algorithm.nextIf(Der.OID), bits);
            case "1.3.101.112" -> {
                if (bits.length != EdwardsKeys.BYTES) {
                    throw BuiltinFault.of("x509: wrong Ed25519 public key size");
                }
                yield new Edwards(bits);
            }
            case "1.2.840.10040.4.1" -> new Unknown(2);
            default -> new Unknown(0);
        };
    }

    private static SubjectKey rsa(byte[] bits) {
        Der.Reader numbers;
        try {
            numbers = Der.only(bits, Der.SEQUENCE).values();
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of("x509: invalid RSA public key");
        }
        BigInteger n = numbers.next(Der.INTEGER).integer();
        BigInteger e = numbers.next(Der.INTEGER).integer();
        if (n.signum() <= 0) {
            throw BuiltinFault.of("x509: RSA modulus is not a positive number");
        }
        if (e.signum() <= 0) {
            throw BuiltinFault.of("x509: RSA public exponent is not a positive number");
        }
        return new Rsa(n, e);
    }

    private static SubjectKey elliptic(@Nullable Der named, byte[] bits) {
        Curve curve = named == null ? null : Curve.byOid(named.oidText());
        if (curve == null) {
            throw BuiltinFault.of("x509: unsupported elliptic curve");
        }
        ECPoint point = point(curve, bits);
        if (point == null) {
            throw BuiltinFault.of("x509: failed to unmarshal elliptic curve point");
        }
        return new Elliptic(curve, point);
    }

    /// An uncompressed point of a curve (SEC 1, 2.3.4); null when it is none.
    private static @Nullable ECPoint point(Curve curve, byte[] bits) {
        int size = curve.coordinateBytes;
        if (bits.length != 1 + 2 * size || bits[0] != 4) {
            return null;
        }
        ECPoint point =
                new ECPoint(
                        new BigInteger(1, Arrays.copyOfRange(bits, 1, 1 + size)),
                        new BigInteger(1, Arrays.copyOfRange(bits, 1 + size, bits.length)));
        return curve.has(point) ? point : null;
    }

    /// Makes a key of the JDK.
    interface Making {
        PublicKey make() throws GeneralSecurityException;
    }

    private static PublicKey usable(Making making) {
        try {
            return making.make();
        } catch (GeneralSecurityException e) {
            throw BuiltinFault.of("x509: public key not usable: " + e.getMessage());
        }
    }
}
