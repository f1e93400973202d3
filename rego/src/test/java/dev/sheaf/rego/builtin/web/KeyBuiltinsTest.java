package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

class KeyBuiltinsTest {
    private final Calls calls = new Calls();

    private static String pem(String type, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    /// The key within the envelope of PKCS #8.
    private static byte[] inner(byte[] pkcs8) {
        Der.Reader fields = Der.only(pkcs8, Der.SEQUENCE).values();
        fields.next();
        fields.next();
        return fields.next(Der.OCTET_STRING).content();
    }

    private static ObjectValue first(Value keys) {
        return (ObjectValue) ((ArrayValue) keys).get(0);
    }

    @Test
    void rsaKeysAreReadInBothForms() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        String wrapped = pem("PRIVATE KEY", key.getEncoded());
        Value keys = calls.value("crypto.parse_private_keys", Calls.text(wrapped));
        ObjectValue read = first(keys);
        assertEquals(NumberValue.of(key.getModulus()), read.get("N"));
        assertEquals(NumberValue.of(key.getPrivateExponent()), read.get("D"));
        assertEquals(
                ArrayValue.of(NumberValue.of(key.getPrimeP()), NumberValue.of(key.getPrimeQ())),
                read.get("Primes"));
        ObjectValue precomputed = (ObjectValue) Objects.requireNonNull(read.get("Precomputed"));
        assertEquals(NumberValue.of(key.getPrimeExponentP()), precomputed.get("Dp"));
        assertEquals(NumberValue.of(key.getPrimeExponentQ()), precomputed.get("Dq"));
        assertEquals(NumberValue.of(key.getCrtCoefficient()), precomputed.get("Qinv"));
        String plain = pem("RSA PRIVATE KEY", inner(key.getEncoded()));
        assertEquals(keys, calls.value("crypto.parse_private_keys", Calls.text(plain)));
        String coded = GoBase64.encode(plain.getBytes(StandardCharsets.US_ASCII));
        assertEquals(keys, calls.value("crypto.parse_private_keys", Calls.text(coded)));
    }

    @Test
    void ellipticKeysAreReadWithTheirPoint() throws GeneralSecurityException {
        for (Curve curve : Curve.values()) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            String name =
                    switch (curve) {
                        case P256 -> "secp256r1";
                        case P384 -> "secp384r1";
                        case P521 -> "secp521r1";
                    };
            generator.initialize(new ECGenParameterSpec(name));
            KeyPair pair = generator.generateKeyPair();
            ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
            ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
            ObjectValue read =
                    first(
                            calls.value(
                                    "crypto.parse_private_keys",
                                    Calls.text(pem("PRIVATE KEY", key.getEncoded()))));
            assertEquals(NumberValue.of(key.getS()), read.get("D"));
            assertEquals(NumberValue.of(publicKey.getW().getAffineX()), read.get("X"));
            assertEquals(NumberValue.of(publicKey.getW().getAffineY()), read.get("Y"));
            ObjectValue webKey =
                    (ObjectValue)
                            calls.value(
                                    "crypto.x509.parse_rsa_private_key",
                                    Calls.text(pem("PRIVATE KEY", key.getEncoded())));
            assertEquals(Calls.text(curve.webName), webKey.get("crv"));
        }
    }

    @Test
    void edwardsKeysHaveThePublicHalfOfRfc8032() {
        byte[] seed = new byte[32];
        HexFormat hex = HexFormat.of();
        byte[] first =
                hex.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        System.arraycopy(first, 0, seed, 0, 32);
        assertEquals(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                hex.formatHex(EdwardsKeys.publicBytes(seed)));
    }

    @Test
    void aBrokenKeyIsRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] bytes = inner(generator.generateKeyPair().getPrivate().getEncoded());
        bytes[bytes.length / 2] ^= 1;
        assertEquals(
                "crypto/rsa: invalid exponents or primes",
                calls.fault(
                        "crypto.parse_private_keys", Calls.text(pem("RSA PRIVATE KEY", bytes))));
        byte[] cut = Arrays.copyOf(bytes, 100);
        assertTrue(
                calls.fault("crypto.parse_private_keys", Calls.text(pem("RSA PRIVATE KEY", cut)))
                        .startsWith("x509: failed to parse RSA private key: "));
    }

    @Test
    void whereThereIsNoKeyThereIsNone() {
        assertEquals("[]", calls.json("crypto.parse_private_keys", Calls.text("nothing here")));
        assertEquals("null", calls.json("crypto.parse_private_keys", Calls.text("")));
        assertEquals(
                "input PEM data was empty",
                calls.fault("crypto.x509.parse_rsa_private_key", Calls.text("")));
    }

    @Test
    void digestsAreThoseOfTheirStandards() {
        Value text = Calls.text("abc");
        assertEquals("\"900150983cd24fb0d6963f7d28e17f72\"", calls.json("crypto.md5", text));
        assertEquals(
                "\"a9993e364706816aba3e25717850c26c9cd0d89d\"", calls.json("crypto.sha1", text));
        assertEquals(
                "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"",
                calls.json("crypto.sha256", text));
        assertEquals(
                "\"b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad\"",
                calls.json("crypto.hmac.sha256", Calls.text(""), Calls.text("")));
    }
}
