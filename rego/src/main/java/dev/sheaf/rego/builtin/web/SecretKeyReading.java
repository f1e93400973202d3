package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Reads secret keys in the three forms that PEM names `RSA PRIVATE KEY` (PKCS #1, RFC 8017), `EC
/// PRIVATE KEY` (RFC 5915) and `PRIVATE KEY` (PKCS #8, RFC 5958).
final class SecretKeyReading {
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String ELLIPTIC = "1.2.840.10045.2.1";
    private static final String EDWARDS = "1.3.101.112";

    private SecretKeyReading() {}

    /// The keys of a text, in their order; blocks of other types are passed over.
    ///
    /// @throws BuiltinFault when a block of such a type is no key
    static List<SecretKey> all(String pem) {
        List<SecretKey> keys = new ArrayList<>();
        String rest = pem;
        for (PemBlock block = PemBlock.find(rest); block != null; block = PemBlock.find(rest)) {
            rest = block.rest();
            switch (block.type()) {
                case "RSA PRIVATE KEY" -> keys.add(rsa(block.bytes()));
                case "EC PRIVATE KEY" -> keys.add(elliptic(block.bytes(), null));
                case "PRIVATE KEY" -> keys.add(any(block.bytes()));
                default -> {}
            }
        }
        return keys;
    }

    static SecretKey rsa(byte[] bytes) {
        Der.Reader fields = sequence(bytes, "x509: failed to parse RSA private key: ");
        int version = fields.next(Der.INTEGER).smallInteger();
        if (version > 1) {
            throw BuiltinFault.of("x509: unsupported private key version");
        }
        BigInteger n = fields.next(Der.INTEGER).integer();
        BigInteger e = fields.next(Der.INTEGER).integer();
        BigInteger d = fields.next(Der.INTEGER).integer();
        BigInteger p = fields.next(Der.INTEGER).integer();
        BigInteger q = fields.next(Der.INTEGER).integer();
        if (n.signum() <= 0 || d.signum() <= 0 || p.signum() <= 0 || q.signum() <= 0) {
            throw BuiltinFault.of("x509: private key contains zero or negative value");
        }
        SecretKey.Rsa key = new SecretKey.Rsa(n, e, d, p, q);
        if (!key.isConsistent()) {
            throw BuiltinFault.of("crypto/rsa: invalid exponents or primes");
        }
        return key;
    }

    /// @param named the curve, when the envelope named it
    static SecretKey elliptic(byte[] bytes, @Nullable String named) {
        Der.Reader fields = sequence(bytes, "x509: failed to parse EC private key: ");
        int version = fields.next(Der.INTEGER).smallInteger();
        if (version != 1) {
            throw BuiltinFault.of("x509: unknown EC private key version %d", version);
        }
        BigInteger d = new BigInteger(1, fields.next(Der.OCTET_STRING).content());
        Der parameters = fields.nextIf(Der.context(0));
        String oid = named;
        if (oid == null && parameters != null) {
            oid = parameters.values().next(Der.OID).oidText();
        }
        Curve curve = oid == null ? null : Curve.byOid(oid);
        if (curve == null) {
            throw BuiltinFault.of("x509: unknown elliptic curve");
        }
        if (d.signum() == 0 || d.compareTo(curve.parameters().getOrder()) >= 0) {
            throw BuiltinFault.of("x509: invalid elliptic curve private key value");
        }
        return new SecretKey.Elliptic(curve, d);
    }

    static SecretKey any(byte[] bytes) {
        Der.Reader fields = sequence(bytes, "");
        fields.next(Der.INTEGER);
        Der.Reader algorithm = fields.next(Der.SEQUENCE).values();
        String oid = algorithm.next(Der.OID).oidText();
        byte[] key = fields.next(Der.OCTET_STRING).content();
        return switch (oid) {
            case RSA -> rsa(key);
            case ELLIPTIC -> {
                Der curve = algorithm.nextIf(Der.OID);
                yield elliptic(key, curve == null ? null : curve.oidText());
            }
            case EDWARDS -> {
                byte[] seed = Der.only(key, Der.OCTET_STRING).content();
                if (seed.length != EdwardsKeys.BYTES) {
                    throw BuiltinFault.of(
                            "x509: invalid Ed25519 private key length: %d", seed.length);
                }
                yield new SecretKey.Edwards(seed);
            }
            default ->
                    throw BuiltinFault.of(
                            "x509: PKCS#8 wrapping contained private key with unknown algorithm: "
                                    + oid);
        };
    }

    private static Der.Reader sequence(byte[] bytes, String prefix) {
        try {
            return Der.read(bytes).next(Der.SEQUENCE).values();
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of(prefix + fault.getMessage());
        }
    }
}
