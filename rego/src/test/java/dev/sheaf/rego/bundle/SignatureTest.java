package dev.sheaf.rego.bundle;

import static dev.sheaf.rego.bundle.Refusals.assertRefused;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Bundles that were signed, and what was done to them afterwards.
class SignatureTest {
    private static final String SECRET = "a secret";
    private static final Bundle BUNDLE = bundle();

    private static Bundle bundle() {
        Manifest manifest =
                new Manifest("r1", List.of("shop"), ObjectValue.EMPTY, Optional.empty(), Map.of());
        return new Bundle(
                manifest,
                BundleTest.object("{\"shop\": {\"limit\": 5}}"),
                List.of(Parser.module("shop/p.rego", "package shop.p\n", RegoVersion.V1)));
    }

    private static Verification by(SignatureScheme scheme, String key) {
        return Verification.by(Map.of("main", VerificationKey.of(scheme, key)));
    }

    private static Verification bySecret() {
        return by(SignatureScheme.HS256, SECRET);
    }

    private static List<BundleFile> signed() {
        return signed(Signing.of("main", SignatureScheme.HS256, SECRET));
    }

    private static List<BundleFile> signed(Signing signing) {
        return new ArrayList<>(BundleWriter.signedFiles(BUNDLE, signing));
    }

    private static Problem assertUntrusted(
            List<BundleFile> files, Verification verification, String reason, String... parts)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter.writeGzip(files, out);
        ReadOptions options = ReadOptions.DEFAULT.withVerification(verification);
        Problem problem =
                assertRefused(
                        ProblemCode.UNAUTHENTICATED,
                        () -> RawArchive.read(out.toByteArray(), options),
                        parts);
        assertEquals(reason, problem.details().get("reason"), problem.message());
        return problem;
    }

    private static BundleFile signatures(String... tokens) {
        ArrayValue list = ArrayValue.of(List.of(tokens).stream().map(StringValue::of).toList());
        String json = "{\"signatures\": " + JsonValues.text(list) + "}";
        return BundleFile.ofText(BundleFile.SIGNATURES, json);
    }

    /// A token with any header and payload, signed with the secret.
    private static BundleFile bySecretOf(String header, String payload) throws Exception {
        String signed = encoded(header) + "." + encoded(payload);
        byte[] signature =
                SignatureScheme.HS256.sign(
                        KeyText.privateKey(SignatureScheme.HS256, SECRET), Token.utf8(signed));
        return signatures(signed + "." + Token.part(signature));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(List<BundleFile> files) {
        for (BundleFile file : files) {
            if (file.name().equals(BundleFile.SIGNATURES)
                    && JsonFile.object(file).get("signatures") instanceof ArrayValue tokens
                    && tokens.get(0) instanceof StringValue token) {
                return token.value();
            }
        }
        throw new AssertionError("no token in " + BundleFile.SIGNATURES);
    }

    private static List<BundleFile> replaced(List<BundleFile> files, BundleFile file) {
        files.removeIf(each -> each.name().equals(file.name()));
        files.add(file);
        return files;
    }

    @ParameterizedTest
    @EnumSource(SignatureScheme.class)
    void acceptsWhatItsKeyHasSigned(SignatureScheme scheme) throws IOException {
        TestKeys keys = TestKeys.of(scheme);
        for (String key : List.of(keys.privateKey(), keys.olderPrivate())) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BUNDLE.write(out, Signing.of("main", scheme, key).withScope("read"));
            Verification verification = by(scheme, keys.publicKey()).withScope("read");
            Bundle read =
                    RawArchive.read(
                            out.toByteArray(), ReadOptions.DEFAULT.withVerification(verification));
            assertEquals(BUNDLE, read);
        }
        TestKeys others =
                scheme.family() == SignatureScheme.Family.SECRET
                        ? TestKeys.secret("another")
                        : TestKeys.of(scheme);
        assertUntrusted(
                signed(Signing.of("main", scheme, keys.privateKey())),
                by(scheme, others.publicKey()),
                "signature");
    }

    @Test
    void takesOlderFormsOfPublicKeys() throws IOException {
        TestKeys keys = TestKeys.rsa(2048);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BUNDLE.write(out, Signing.of("main", SignatureScheme.RS256, keys.privateKey()));
        Verification verification = by(SignatureScheme.RS256, keys.olderPublic());
        assertEquals(
                BUNDLE,
                RawArchive.read(
                        out.toByteArray(), ReadOptions.DEFAULT.withVerification(verification)));
    }

    @Test
    void signsTheSameWithTheSameBytes() throws IOException {
        for (SignatureScheme scheme : List.of(SignatureScheme.HS256, SignatureScheme.RS256)) {
            Signing signing = Signing.of("main", scheme, TestKeys.of(scheme).privateKey());
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            ByteArrayOutputStream second = new ByteArrayOutputStream();
            BUNDLE.write(first, signing);
            bundle().write(second, signing);
            assertArrayEquals(first.toByteArray(), second.toByteArray());
        }
    }

    @Test
    void readsSignedBundlesWithoutVerificationWhenNoneIsAskedFor() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BUNDLE.write(out, Signing.of("main", SignatureScheme.HS256, SECRET));
        assertEquals(BUNDLE, RawArchive.read(out.toByteArray(), ReadOptions.DEFAULT));
    }

    @Test
    void refusesBundlesThatAreNotSigned() throws IOException {
        assertUntrusted(
                BundleWriter.files(BUNDLE), bySecret(), "missing", ".signatures.json", "signed");
    }

    @Test
    void refusesKeysThatAreNotKnown() throws IOException {
        List<BundleFile> files = signed(Signing.of("other", SignatureScheme.HS256, SECRET));
        assertUntrusted(files, bySecret(), "unknown-key", "\"other\"", "[main]");
        assertUntrusted(
                signed(), bySecret().withKeyId("second"), "unknown-key", "\"second\"", "[main]");
    }

    @Test
    void takesTheKeyThatTheVerificationNamesBeforeThatOfTheToken() throws IOException {
        List<BundleFile> files = signed(Signing.of("other", SignatureScheme.HS256, SECRET));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter.writeGzip(files, out);
        Verification verification = bySecret().withKeyId("main");
        assertEquals(
                BUNDLE,
                RawArchive.read(
                        out.toByteArray(), ReadOptions.DEFAULT.withVerification(verification)));
    }

    @Test
    void refusesFilesThatWereChanged() throws IOException {
        Problem problem =
                assertUntrusted(
                        replaced(signed(), BundleFile.ofText("shop/p.rego", "package shop.q\n")),
                        bySecret(),
                        "changed",
                        "shop/p.rego");
        assertEquals("shop/p.rego", problem.details().get("file"));
        assertUntrusted(
                replaced(signed(), BundleFile.ofText("data.json", "{\"shop\": {\"limit\": 6}}")),
                bySecret(),
                "changed",
                "data.json");
        assertUntrusted(
                replaced(signed(), BundleFile.ofText(".manifest", "{\"roots\": [\"shop\"]}")),
                bySecret(),
                "changed",
                ".manifest");
    }

    @Test
    void acceptsDataThatWasOnlyWrittenDifferently() throws IOException {
        List<BundleFile> files =
                replaced(
                        signed(),
                        BundleFile.ofText("data.json", "{ \"shop\" :\n {\"limit\": 5 } }\n"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter.writeGzip(files, out);
        ReadOptions options = ReadOptions.DEFAULT.withVerification(bySecret());
        assertEquals(BUNDLE, RawArchive.read(out.toByteArray(), options));
    }

    @Test
    void refusesFilesThatWereAdded() throws IOException {
        for (String name : List.of("shop/q.rego", "notes.txt", "shop/.signatures.json")) {
            List<BundleFile> files = signed();
            files.add(BundleFile.ofText(name, "package shop.q\n"));
            assertUntrusted(files, bySecret(), "added", name);
        }
    }

    @Test
    void refusesFilesThatWereRemoved() throws IOException {
        List<BundleFile> files = signed();
        files.removeIf(file -> file.name().equals("shop/p.rego"));
        assertUntrusted(files, bySecret(), "removed", "shop/p.rego");
    }

    @Test
    void refusesOtherScopes() throws IOException {
        Signing signing = Signing.of("main", SignatureScheme.HS256, SECRET);
        assertUntrusted(
                signed(signing.withScope("write")), bySecret().withScope("read"), "scope", "write");
        assertUntrusted(signed(signing), bySecret().withScope("read"), "scope", "read");
        assertUntrusted(signed(signing.withScope("write")), bySecret(), "scope", "write");
        VerificationKey key = VerificationKey.of(SignatureScheme.HS256, SECRET).withScope("read");
        assertUntrusted(
                signed(signing.withScope("write")),
                Verification.by(Map.of("main", key)),
                "scope",
                "read");
    }

    @Test
    void refusesSchemesThatTheKeyIsNotFor() throws Exception {
        String payload = "{\"files\": []}";
        assertUntrusted(
                replaced(signed(), bySecretOf("{\"alg\":\"none\",\"kid\":\"main\"}", payload)),
                bySecret(),
                "algorithm",
                "none");
        TestKeys keys = TestKeys.rsa(2048);
        Signing forged = Signing.of("main", SignatureScheme.HS256, keys.publicKey());
        assertUntrusted(
                signed(forged), by(SignatureScheme.RS256, keys.publicKey()), "algorithm", "HS256");
        assertUntrusted(
                replaced(
                        signed(),
                        bySecretOf(
                                "{\"alg\":\"HS256\",\"kid\":\"main\",\"crit\":[\"x\"]}", payload)),
                bySecret(),
                "algorithm");
    }

    @Test
    void refusesTokensThatWereChanged() throws IOException {
        String[] parts = token(signed()).split("\\.");
        String payload =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = encoded(payload.replace("shop/p.rego", "shop/q.rego"));
        assertUntrusted(
                replaced(signed(), signatures(parts[0] + "." + changed + "." + parts[2])),
                bySecret(),
                "signature");
        assertUntrusted(
                replaced(signed(), signatures(parts[0] + "." + parts[1] + ".")),
                bySecret(),
                "signature");
    }

    @Test
    void refusesTokensThatAreNone() throws IOException {
        String token = token(signed());
        for (BundleFile file :
                List.of(
                        signatures(),
                        signatures(token, token),
                        signatures("a.b"),
                        signatures("a.b.c"),
                        signatures("!.!.!"),
                        signatures(encoded("[]") + "." + encoded("{}") + ".x"))) {
            assertUntrusted(replaced(signed(), file), bySecret(), "malformed");
        }
    }

    @Test
    void refusesDigestsThatCanBeForged() throws Exception {
        String payload =
                "{\"files\": [{\"name\": \"data.json\", \"hash\": \"00\", \"algorithm\": \"%s\"}]}";
        for (String algorithm : List.of("MD5", "SHA-1", "", "none")) {
            assertUntrusted(
                    replaced(
                            signed(),
                            bySecretOf(
                                    "{\"alg\":\"HS256\",\"kid\":\"main\"}",
                                    payload.formatted(algorithm))),
                    bySecret(),
                    "algorithm",
                    "data.json",
                    "SHA-256");
        }
    }

    @Test
    void readsWhatOpaSignsWithTheKeyNamedInThePayloadAndSlashesInFront() throws Exception {
        BundleFile data = BundleFile.ofText("data.json", "{\"shop\": {\"limit\": 5.0}}");
        BundleFile policy = BundleFile.ofText("shop/p.rego", "package shop.p\n");
        String entry = "{\"name\": \"%s\", \"hash\": \"%s\", \"algorithm\": \"SHA-512\"}";
        String payload =
                "{\"keyid\": \"main\", \"iat\": 1, \"files\": ["
                        + entry.formatted("/data.json", sha512("{\"shop\":{\"limit\":5.0}}"))
                        + ","
                        + entry.formatted("shop/p.rego", sha512("package shop.p\n").toUpperCase())
                        + "]}";
        List<BundleFile> files = List.of(data, policy, bySecretOf("{\"alg\":\"HS256\"}", payload));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter.writeGzip(files, out);
        Bundle bundle =
                RawArchive.read(
                        out.toByteArray(), ReadOptions.DEFAULT.withVerification(bySecret()));
        assertEquals(1, bundle.modules().size());
    }

    private static String sha512(String text) throws Exception {
        byte[] digest =
                java.security.MessageDigest.getInstance("SHA-512")
                        .digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    @Test
    void refusesKeysThatAreNotForTheirScheme() {
        TestKeys rsa = TestKeys.rsa(2048);
        TestKeys curve = TestKeys.curve("secp384r1");
        for (org.junit.jupiter.api.function.Executable use :
                List.<org.junit.jupiter.api.function.Executable>of(
                        () -> VerificationKey.of(SignatureScheme.ES256, curve.publicKey()),
                        () -> VerificationKey.of(SignatureScheme.ES256, rsa.publicKey()),
                        () -> VerificationKey.of(SignatureScheme.RS256, curve.publicKey()),
                        () -> VerificationKey.of(SignatureScheme.RS256, rsa.privateKey()),
                        () -> VerificationKey.of(SignatureScheme.RS256, "secret"),
                        () -> VerificationKey.of(SignatureScheme.HS256, ""),
                        () ->
                                VerificationKey.of(
                                        SignatureScheme.RS256, TestKeys.rsa(1024).publicKey()),
                        () -> Signing.of("a", SignatureScheme.RS256, rsa.publicKey()),
                        () -> Signing.of("a", SignatureScheme.PS256, curve.privateKey()))) {
            Problem problem = assertRefused(ProblemCode.INVALID_CONFIGURATION, use, "key");
            assertFalse(problem.message().contains("MII"), problem.message());
        }
    }
}
