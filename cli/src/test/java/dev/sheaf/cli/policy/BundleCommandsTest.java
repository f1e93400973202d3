package dev.sheaf.cli.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

final class BundleCommandsTest {
    @TempDir private Path folder = Path.of("");
    private PolicyRig rig = new PolicyRig(folder);

    @BeforeEach
    void layDownAPolicy() throws IOException {
        rig =
                new PolicyRig(folder)
                        .write("p/access/sales.rego", "package sales\n\nallow if data.teams.a\n")
                        .write("p/teams/members.yaml", "a: [1, 2]\n")
                        .write("p/.hidden/x.rego", "no policy at all");
    }

    private void pair(String algorithm, int bits, String name)
            throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        rig.write(name + ".pem", pem("PRIVATE KEY", pair.getPrivate()));
        rig.write(name + ".pub.pem", pem("PUBLIC KEY", pair.getPublic()));
    }

    private static String pem(String label, Key key) {
        byte[] line = "\n".getBytes(StandardCharsets.UTF_8);
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, line).encodeToString(key.getEncoded())
                + "\n-----END "
                + label
                + "-----\n";
    }

    @Test
    void whatWasBuiltIsShown() {
        assertEquals(0, rig.run("bundle", "build", "p", "--revision", "7", "-o", "b.tar.gz"));
        assertTrue(rig.out().startsWith("wrote b.tar.gz: 1 file of policies, "), rig.out());
        assertEquals(0, rig.run("bundle", "inspect", "b.tar.gz"));
        assertEquals(
                """
                revision  7
                roots     all

                policy             package  dialect  rules
                -----------------  -------  -------  -----
                access/sales.rego  sales    v1           1

                data   type    size
                -----  ------  ----
                teams  object     1
                """,
                rig.out());
        assertEquals(0, rig.run("bundle", "inspect", "b.tar.gz", "--json"));
        assertEquals("7", rig.json().path("revision").asString());
        assertEquals("access/sales.rego", rig.json().at("/policies/0/file").asString());
        assertEquals("teams", rig.json().at("/data/0/path").asString());
    }

    @Test
    void theSameContentBecomesTheSameBytes() throws IOException {
        rig.run("bundle", "build", "p", "-o", "one.tar.gz");
        rig.run("bundle", "build", "p", "-o", "two.tar.gz");
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("one.tar.gz")),
                Files.readAllBytes(folder.resolve("two.tar.gz")));
    }

    @Test
    void theManifestOfTheFolderIsReadAndOptionsGoBeforeIt() throws IOException {
        rig.write(
                "p/.manifest",
                "{\"revision\": \"a\", \"roots\": [\"sales\", \"teams\"],"
                        + " \"metadata\": {\"by\": \"us\"}}");
        assertEquals(0, rig.run("bundle", "build", "p"));
        rig.run("bundle", "inspect", "bundle.tar.gz");
        assertTrue(
                rig.out()
                        .startsWith(
                                "revision  a\nroots     sales, teams\nmetadata  {\"by\":\"us\"}\n"),
                rig.out());
        assertEquals(0, rig.run("bundle", "build", "p", "-r", "b"));
        rig.run("bundle", "inspect", "bundle.tar.gz");
        assertTrue(rig.out().startsWith("revision  b\n"), rig.out());
        assertEquals(2, rig.run("bundle", "build", "p", "--root", "sales"));
        assertTrue(rig.err().contains("not within the manifest's roots [sales]"), rig.err());
    }

    @Test
    void policiesThatDoNotCompileAreNotBundled() throws IOException {
        rig.write("p/bad.rego", "package bad\n\nx := y\n");
        assertEquals(1, rig.run("bundle", "build", "p"));
        assertTrue(rig.err().contains("p/bad.rego:3:6: rego_unsafe_var_error"), rig.err());
        assertFalse(Files.exists(folder.resolve("bundle.tar.gz")));
    }

    @Test
    void theDialectIsKept() throws IOException {
        rig.write("old/a.rego", "package a\n\nallow { true }\n");
        assertEquals(1, rig.run("bundle", "build", "old"));
        assertEquals(0, rig.run("bundle", "build", "old", "--v0"));
        rig.run("bundle", "inspect", "bundle.tar.gz", "--json");
        assertEquals("v0", rig.json().at("/policies/0/dialect").asString());
    }

    @Test
    void signaturesAreVerified() throws IOException, GeneralSecurityException {
        pair("RSA", 2048, "one");
        pair("RSA", 2048, "two");
        assertEquals(0, rig.run("bundle", "build", "p", "--signing-key", "one.pem"));
        assertTrue(rig.out().endsWith(", signed\n"), rig.out());
        String[] good = {"bundle", "verify", "bundle.tar.gz", "--verification-key", "one.pub.pem"};
        assertEquals(0, rig.run(good));
        assertEquals("verified: bundle.tar.gz, 1 file of policies\n", rig.out());
        assertEquals(
                4,
                rig.run("bundle", "verify", "bundle.tar.gz", "--verification-key", "two.pub.pem"));
        assertTrue(rig.err().contains("signature is not accepted"), rig.err());
        rig.run("bundle", "build", "p");
        assertEquals(4, rig.run(good));
        assertEquals(2, rig.run("bundle", "verify", "bundle.tar.gz"));
    }

    @Test
    void keyAndScopeMustBeThoseThatAreAskedFor() throws IOException, GeneralSecurityException {
        pair("EC", 256, "curve");
        assertEquals(
                0,
                rig.run(
                        "bundle",
                        "build",
                        "p",
                        "--signing-key",
                        "curve.pem",
                        "--signing-alg",
                        "es256",
                        "--key-id",
                        "ours",
                        "--scope",
                        "prod"));
        assertEquals(0, verify("--key-id", "ours", "--scope", "prod"));
        assertEquals(0, verify("--scope", "prod"));
        assertEquals(4, verify("--key-id", "theirs", "--scope", "prod"));
        assertEquals(4, verify("--key-id", "ours", "--scope", "test"));
        assertEquals(4, verify("--key-id", "ours"));
    }

    private int verify(String... more) {
        String[] line = new String[7 + more.length];
        String[] begin = {
            "bundle",
            "verify",
            "bundle.tar.gz",
            "--verification-key",
            "curve.pub.pem",
            "--signing-alg",
            "ES256"
        };
        System.arraycopy(begin, 0, line, 0, begin.length);
        System.arraycopy(more, 0, line, begin.length, more.length);
        return rig.run(line);
    }

    @Test
    void secretsComeFromFilesWithoutTheEndOfTheirLine() throws IOException {
        rig.write("secret", "a long enough secret\n").write("same", "a long enough secret");
        assertEquals(
                0,
                rig.run(
                        "bundle",
                        "build",
                        "p",
                        "--signing-key",
                        "secret",
                        "--signing-alg",
                        "HS256"));
        assertEquals(
                0,
                rig.run(
                        "bundle",
                        "verify",
                        "bundle.tar.gz",
                        "--verification-key",
                        "same",
                        "--signing-alg",
                        "HS256",
                        "--json"));
        assertTrue(rig.json().path("verified").asBoolean());
    }

    @Test
    void whatIsNoBundleIsRefused() throws IOException {
        rig.write("torn.tar.gz", "no archive");
        assertEquals(1, rig.run("bundle", "inspect", "torn.tar.gz"));
        assertEquals(2, rig.run("bundle", "inspect", "nowhere.tar.gz"));
        assertEquals("error: cannot read 'nowhere.tar.gz': it is not there\n", rig.err());
        assertEquals(2, rig.run("bundle", "build", "nowhere"));
    }
}
