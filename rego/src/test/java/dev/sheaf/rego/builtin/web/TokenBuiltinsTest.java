package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

class TokenBuiltinsTest {
    /// Secret web keys by algorithm, and the public halves in PEM.
    private static final Map<String, ObjectValue> KEYS = new LinkedHashMap<>();

    private static final Map<String, String> PEMS = new LinkedHashMap<>();
    private static final String SECRET = "a secret of some length";

    private final Calls calls = new Calls();

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair rsaPair = rsa.generateKeyPair();
        RSAPrivateCrtKey secret = (RSAPrivateCrtKey) rsaPair.getPrivate();
        ObjectValue rsaKey =
                new SecretKey.Rsa(
                                secret.getModulus(),
                                secret.getPublicExponent(),
                                secret.getPrivateExponent(),
                                secret.getPrimeP(),
                                secret.getPrimeQ())
                        .webKey();
        for (String name : new String[] {"RS", "PS"}) {
            for (String bits : new String[] {"256", "384", "512"}) {
                KEYS.put(name + bits, rsaKey);
                PEMS.put(name + bits, pem(rsaPair.getPublic()));
            }
        }
        addElliptic("ES256", Curve.P256, "secp256r1");
        addElliptic("ES384", Curve.P384, "secp384r1");
        addElliptic("ES512", Curve.P521, "secp521r1");
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) edwards.getPrivate()).getBytes().orElseThrow();
        KEYS.put("EdDSA", new SecretKey.Edwards(seed).webKey());
        PEMS.put("EdDSA", pem(edwards.getPublic()));
        ObjectValue shared =
                new ObjectValue.Builder()
                        .put("kty", Calls.text("oct"))
                        .put(
                                "k",
                                Calls.text(
                                        GoBase64.encodeUrl(
                                                SECRET.getBytes(StandardCharsets.UTF_8))))
                        .build();
        for (String bits : new String[] {"256", "384", "512"}) {
            KEYS.put("HS" + bits, shared);
            PEMS.put("HS" + bits, SECRET);
        }
    }

    private static void addElliptic(String name, Curve curve, String jdkName)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(jdkName));
        KeyPair pair = generator.generateKeyPair();
        SecretKey.Elliptic key =
                new SecretKey.Elliptic(curve, ((ECPrivateKey) pair.getPrivate()).getS());
        assertEquals(((ECPublicKey) pair.getPublic()).getW(), curve.publicPoint(key.d()));
        KEYS.put(name, key.webKey());
        PEMS.put(name, pem(pair.getPublic()));
    }

    private static String pem(PublicKey key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    private static ObjectValue key(String algorithm) {
        return Objects.requireNonNull(KEYS.get(algorithm));
    }

    private static String pem(String algorithm) {
        return Objects.requireNonNull(PEMS.get(algorithm));
    }

    private String signed(String algorithm, String payload) {
        Value token =
                calls.value(
                        "io.jwt.encode_sign",
                        "{\"alg\": \"" + algorithm + "\", \"typ\": \"JWT\"}",
                        payload,
                        key(algorithm));
        return ((StringValue) token).value();
    }

    private boolean verify(String algorithm, String token, String keys) {
        String name = "io.jwt.verify_" + algorithm.toLowerCase(Locale.ROOT);
        return calls.value(name, Calls.text(token), Calls.text(keys)) == BooleanValue.TRUE;
    }

    private ArrayValue decoded(String token, ObjectValue constraints) {
        return (ArrayValue) calls.value("io.jwt.decode_verify", Calls.text(token), constraints);
    }

    private static ObjectValue constraints(String name, String value) {
        return new ObjectValue.Builder().put(name, Calls.text(value)).build();
    }

    private static String encoded(String text) {
        return GoBase64.encodeUrl(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                "HS256", "HS384", "HS512", "EdDSA"
            })
    void aTokenIsVerifiedByItsKeyOnly(String algorithm) {
        String token = signed(algorithm, "{\"sub\": \"a\"}");
        assertTrue(verify(algorithm, token, pem(algorithm)));
        String[] parts = token.split("\\.");
        String forged = parts[0] + "." + encoded("{\"sub\":\"b\"}") + "." + parts[2];
        assertEquals(false, verify(algorithm, forged, pem(algorithm)));
        String cut = parts[0] + "." + parts[1] + "." + parts[2].substring(4);
        assertEquals(false, verify(algorithm, cut, pem(algorithm)));
        String empty = parts[0] + "." + parts[1] + ".";
        assertEquals(false, verify(algorithm, empty, pem(algorithm)));
    }

    @Test
    void keysOfAnotherKindVerifyNothing() {
        String token = signed("RS256", "{}");
        assertEquals(false, verify("RS256", token, pem("ES256")));
        assertEquals(false, verify("ES256", token, pem("RS256")));
        assertEquals(false, verify("EdDSA", token, pem("RS256")));
        assertEquals(false, verify("RS384", token, pem("RS256")));
        assertEquals(false, verify("PS256", token, pem("RS256")));
    }

    @Test
    void anAllZeroSignatureIsNone() {
        String text = encoded("{\"alg\":\"ES256\"}") + "." + encoded("{}");
        String zeros = GoBase64.encodeUrl(new byte[64]);
        assertEquals(false, verify("ES256", text + "." + zeros, pem("ES256")));
    }

    @Test
    void aPublicKeyIsNoSharedSecret() {
        String header = encoded("{\"alg\":\"HS256\"}");
        String text = header + "." + encoded("{\"admin\":true}");
        byte[] mac =
                Signatures.HS256.mac(
                        pem("RS256").getBytes(StandardCharsets.UTF_8),
                        text.getBytes(StandardCharsets.UTF_8));
        String token = text + "." + GoBase64.encodeUrl(mac);
        assertEquals(BooleanValue.FALSE, decoded(token, constraints("cert", pem("RS256"))).get(0));
    }

    @Test
    void noneIsNoAlgorithm() {
        String token = encoded("{\"alg\":\"none\"}") + "." + encoded("{}") + ".";
        assertEquals(BooleanValue.FALSE, decoded(token, constraints("cert", pem("RS256"))).get(0));
        assertEquals(BooleanValue.FALSE, decoded(token, constraints("secret", "x")).get(0));
    }

    @Test
    void claimsAreCheckedAgainstTheClockOfTheEvaluation() {
        long now = FixedSurroundings.NOW / 1_000_000_000L;
        ObjectValue secret = constraints("secret", SECRET);
        assertEquals(
                BooleanValue.TRUE,
                decoded(signed("HS256", "{\"exp\": " + (now + 1) + "}"), secret).get(0));
        assertEquals(
                BooleanValue.FALSE,
                decoded(signed("HS256", "{\"exp\": " + now + "}"), secret).get(0));
        assertEquals(
                BooleanValue.TRUE,
                decoded(signed("HS256", "{\"nbf\": " + now + "}"), secret).get(0));
        assertEquals(
                BooleanValue.FALSE,
                decoded(signed("HS256", "{\"nbf\": " + (now + 1) + "}"), secret).get(0));
    }

    @Test
    void anAudienceMustBeAskedFor() {
        ObjectValue secret = constraints("secret", SECRET);
        ObjectValue wanted =
                new ObjectValue.Builder().putAll(secret).put("aud", Calls.text("b")).build();
        String token = signed("HS256", "{\"aud\": [\"a\", \"b\"]}");
        assertEquals(BooleanValue.FALSE, decoded(token, secret).get(0));
        assertEquals(BooleanValue.TRUE, decoded(token, wanted).get(0));
        assertEquals(BooleanValue.FALSE, decoded(signed("HS256", "{\"aud\": 1}"), wanted).get(0));
        assertEquals(BooleanValue.FALSE, decoded(signed("HS256", "{}"), wanted).get(0));
    }

    @Test
    void aKeyThatTheTokenNamesIsTheOnlyOneThatCounts() {
        String set =
                "{\"keys\": [%s, %s]}"
                        .formatted(named("a", key("RS256")), named("b", key("ES256")));
        String header = "{\"alg\": \"ES256\", \"kid\": \"a\"}";
        String token =
                ((StringValue) calls.value("io.jwt.encode_sign", header, "{}", key("ES256")))
                        .value();
        assertEquals(BooleanValue.FALSE, decoded(token, constraints("cert", set)).get(0));
        String other = header.replace("\"a\"", "\"b\"");
        String right =
                ((StringValue) calls.value("io.jwt.encode_sign", other, "{}", key("ES256")))
                        .value();
        assertEquals(BooleanValue.TRUE, decoded(right, constraints("cert", set)).get(0));
    }

    private static String named(String id, ObjectValue key) {
        return JsonValues.text(
                new ObjectValue.Builder().putAll(key).put("kid", Calls.text(id)).build());
    }

    @Test
    void constraintsAreChecked() {
        String token = signed("HS256", "{}");
        assertEquals(
                "unknown token validation constraint: whatever",
                calls.fault("io.jwt.decode_verify", Calls.text(token), "{\"whatever\": 1}"));
        assertEquals(
                "no key constraint",
                calls.fault("io.jwt.decode_verify", Calls.text(token), "{\"alg\": \"HS256\"}"));
        assertEquals(
                "secret constraint: must be a string",
                calls.fault("io.jwt.decode_verify", Calls.text(token), "{\"secret\": 1}"));
        assertEquals(
                "token time constraint: must not be negative",
                calls.fault("io.jwt.decode_verify", Calls.text(token), "{\"time\": -1}"));
        assertEquals(
                "duplicate key constraints",
                calls.fault(
                        "io.jwt.decode_verify",
                        Calls.text(token),
                        new ObjectValue.Builder()
                                .put("secret", Calls.text("x"))
                                .put("cert", Calls.text(pem("RS256")))
                                .build()));
    }

    @Test
    void aTokenInATokenIsDecodedAndVerifiedToTheBottom() {
        String inner = signed("HS256", "{\"sub\": \"deep\"}");
        String outerHeader = "{\"alg\":\"HS256\",\"cty\":\"JWT\"}";
        String text = encoded(outerHeader) + "." + encoded(inner);
        byte[] mac =
                Signatures.HS256.mac(
                        SECRET.getBytes(StandardCharsets.UTF_8),
                        text.getBytes(StandardCharsets.UTF_8));
        String token = text + "." + GoBase64.encodeUrl(mac);
        ArrayValue verified = decoded(token, constraints("secret", SECRET));
        assertEquals(BooleanValue.TRUE, verified.get(0));
        assertEquals("{\"sub\":\"deep\"}", JsonValues.text(verified.get(2)));
        ArrayValue plain = (ArrayValue) calls.value("io.jwt.decode", Calls.text(token));
        assertEquals("{\"sub\":\"deep\"}", JsonValues.text(plain.get(1)));
    }

    @Test
    void malformedTokensAreFaults() {
        assertEquals(
                "bad JWT header: decoded JSON type was not an Object",
                calls.fault("io.jwt.decode", Calls.text(encoded("[]") + ".e30.")));
        assertTrue(
                calls.fault("io.jwt.decode", Calls.text(encoded("{") + ".e30."))
                        .startsWith("bad JWT header: invalid JSON: "));
        assertEquals(
                "encoded JWT must have 3 sections, found 4",
                calls.fault("io.jwt.decode", Calls.text("a.b.c.d")));
        assertEquals(
                "alg: must be a string",
                calls.fault(
                        "io.jwt.verify_rs256",
                        Calls.text(encoded("{\"alg\":1}") + ".e30."),
                        Calls.text(pem("RS256"))));
        assertEquals(
                "crit: must be a nonempty list",
                calls.fault(
                        "io.jwt.decode_verify",
                        Calls.text(encoded("{\"alg\":\"HS256\",\"crit\":[]}") + ".e30."),
                        "{\"secret\": \"x\"}"));
    }

    @Test
    void aWrongKeyCannotSign() {
        String fault =
                calls.fault("io.jwt.encode_sign", "{\"alg\": \"RS256\"}", "{}", key("ES256"));
        assertTrue(fault.startsWith("failed to sign by RS256"), fault);
        assertEquals(
                "unknown JWS algorithm: none",
                calls.fault("io.jwt.encode_sign", "{\"alg\": \"none\"}", "{}", key("HS256")));
        String publicOnly =
                calls.fault(
                        "io.jwt.encode_sign",
                        "{\"alg\": \"ES256\"}",
                        "{}",
                        without(key("ES256"), "d"));
        assertEquals("failed to sign by ES256: key is not a secret one", publicOnly);
    }

    private static ObjectValue without(ObjectValue object, String field) {
        ObjectValue.Builder less = new ObjectValue.Builder();
        object.forEach((key, value) -> {
            if (!key.equals(Calls.text(field))) {
                less.put(key, value);
            }
        });
        return less.build();
    }

    @Test
    void webKeysOffTheCurveAreRefused() {
        ObjectValue wrong =
                new ObjectValue.Builder()
                        .putAll(without(key("ES256"), "d"))
                        .put("y", Calls.text(GoBase64.encodeUrl(new byte[] {1})))
                        .build();
        String fault =
                calls.fault(
                        "io.jwt.verify_es256",
                        Calls.text(signed("ES256", "{}")),
                        Calls.text(JsonValues.text(wrong)));
        assertEquals("failed to parse a JWK key (set): key's point is not on curve P-256", fault);
    }

    @Test
    void aRandomSignatureIsTheSameWithinAnEvaluation() {
        assertEquals(signed("ES256", "{\"a\": 1}"), signed("ES256", "{\"a\": 1}"));
        assertNotEquals(signed("ES256", "{\"a\": 1}"), signed("ES256", "{\"a\": 2}"));
    }

    @Test
    void saltsOfAnyLengthAreFoundInProbabilisticSignatures() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1027);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] text = {1, 2, 3};
        for (int salt : new int[] {0, 8, 32, 94}) {
            Signature signing = Signature.getInstance("RSASSA-PSS");
            signing.setParameter(
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
            signing.initSign(pair.getPrivate());
            signing.update(text);
            byte[] signature = signing.sign();
            assertTrue(Signatures.isProbabilistic(key, "SHA-256", text, signature));
            BigInteger flipped = new BigInteger(1, signature).flipBit(9);
            byte[] other = new byte[signature.length];
            byte[] bytes = flipped.toByteArray();
            int skip = Math.max(0, bytes.length - other.length);
            System.arraycopy(
                    bytes, skip, other, other.length - (bytes.length - skip), bytes.length - skip);
            assertEquals(false, Signatures.isProbabilistic(key, "SHA-256", text, other));
        }
    }
}
