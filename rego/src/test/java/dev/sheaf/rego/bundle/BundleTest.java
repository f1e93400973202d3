package dev.sheaf.rego.bundle;

import static dev.sheaf.rego.bundle.Refusals.assertRefused;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is read from a bundle and written to one.
class BundleTest {
    private static final String POLICY = "package shop.access\n\nallow if input.x\n";

    static ObjectValue object(String json) {
        return assertInstanceOf(ObjectValue.class, JsonValues.parse(json));
    }

    static byte[] written(Bundle bundle) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bundle.write(out);
        return out.toByteArray();
    }

    private static Bundle again(Bundle bundle) throws IOException {
        return RawArchive.read(written(bundle), ReadOptions.DEFAULT);
    }

    @Test
    void putsDataAtThePathsOfItsFoldersAndMergesIt() throws IOException {
        Bundle bundle =
                new RawArchive()
                        .folder("./")
                        .folder("./roles/")
                        .file("./data.json", "{\"a\": 1, \"roles\": {\"names\": [\"x\"]}}")
                        .file("./roles/data.yaml", "limits:\n  high: 5\n")
                        .file("./roles/limits/data.json", "{\"low\": 1.50}")
                        .file("./roles/list/data.yml", "[1, 2]")
                        .file("./README.md", "text")
                        .read();
        assertEquals(
                object(
                        """
                        {"a": 1, "roles": {"names": ["x"], "list": [1, 2],
                          "limits": {"high": 5, "low": 1.5}}}
                        """),
                bundle.data());
    }

    @Test
    void readsPoliciesInTheDialectThatTheManifestGivesThem() throws IOException {
        Bundle bundle =
                new RawArchive()
                        .file(
                                ".manifest",
                                """
                                {"revision": "r1", "roots": ["/shop/", "old"], "rego_version": 1,
                                 "metadata": {"owner": "sales"},
                                 "file_rego_versions": {"/old/*": 0, "/old/new/last.rego": 1}}
                                """)
                        .file("shop/access.rego", POLICY)
                        .file("old/first.rego", "package old.a\n\nallow { input.x }\n")
                        .file("old/new/last.rego", "package old.b\n\nallow if input.x\n")
                        .read();
        assertEquals("r1", bundle.manifest().revision());
        assertEquals(List.of("shop", "old"), bundle.manifest().roots());
        assertEquals(object("{\"owner\": \"sales\"}"), bundle.manifest().metadata());
        assertEquals(
                List.of("old/first.rego V0", "old/new/last.rego V1", "shop/access.rego V1"),
                bundle.modules().stream().map(each -> each.file() + " " + each.version()).toList());
    }

    @Test
    void takesTheDialectOfTheOptionsWhenTheManifestHasNone() throws IOException {
        byte[] old = new RawArchive().file("a.rego", "package a\n\np { input.x }\n").bytes();
        ReadOptions options = ReadOptions.DEFAULT.withVersion(RegoVersion.V0);
        Bundle bundle = RawArchive.read(old, options);
        assertEquals(RegoVersion.V0, bundle.modules().getFirst().version());
        assertEquals(RegoVersion.V0, again(bundle).modules().getFirst().version());
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                () -> RawArchive.read(old, ReadOptions.DEFAULT),
                "a.rego:3:3",
                "if");
    }

    @Test
    void tellsAllPoliciesThatCannotBeRead() {
        RawArchive archive = new RawArchive().file("a.rego", "package").file("b/c.rego", "p if");
        assertInstanceOf(
                PolicyFault.class,
                assertRefused(ProblemCode.UNREADABLE_INPUT, archive::read, "a.rego:1", "b/c.rego:1")
                        .getCause());
    }

    @Test
    void readsWhatItHasWritten() throws IOException {
        Module policy = Parser.module("shop/access.rego", POLICY, RegoVersion.V1);
        Module old =
                Parser.module(
                        "shop/old.rego", "package shop.old\n\np[x] { x = 1 }\n", RegoVersion.V0);
        Manifest manifest =
                new Manifest(
                        "r2",
                        List.of("shop"),
                        object("{\"n\": 1}"),
                        Optional.of(RegoVersion.V1),
                        Map.of("/shop/old.rego", RegoVersion.V0));
        Bundle bundle =
                new Bundle(manifest, object("{\"shop\": {\"limit\": 1.25}}"), List.of(policy, old));
        assertEquals(bundle, again(bundle));
    }

    @Test
    void writesTheSameBytesForTheSameContent() throws IOException {
        Module first = Parser.module("a.rego", "package a\n", RegoVersion.V1);
        Module second = Parser.module("b.rego", "package b\n", RegoVersion.V1);
        Bundle one =
                new Bundle(Manifest.EMPTY, object("{\"x\": 1, \"y\": 2}"), List.of(first, second));
        Bundle other =
                new Bundle(Manifest.EMPTY, object("{\"y\": 2, \"x\": 1}"), List.of(second, first));
        assertArrayEquals(written(one), written(other));
    }

    @Test
    void keepsNamesThatAreLongOrNotOfLatinLetters() throws IOException {
        String folder = "folder/".repeat(20);
        List<Module> modules =
                List.of(
                                folder + "p.rego",
                                folder + "x".repeat(99) + ".rego",
                                "x".repeat(300) + ".rego",
                                "größe/規則.rego")
                        .stream()
                        .map(name -> Parser.module(name, "package a\n", RegoVersion.V1))
                        .toList();
        Bundle bundle = new Bundle(Manifest.EMPTY, ObjectValue.EMPTY, modules);
        assertEquals(bundle, again(bundle));
    }

    @Test
    void readsTheNamesOfOtherWritersOfArchives() throws IOException {
        String name = "n".repeat(150) + ".rego";
        byte[] pax = PaxRecords.write("path", "pax/" + name);
        Bundle bundle =
                new RawArchive()
                        .entry("././@LongLink", 'L', (name + "\0").getBytes(), "")
                        .file("cut", "package a\n")
                        .entry("extra", 'x', pax, "")
                        .file("cut", "package b\n")
                        .entry("all", 'g', PaxRecords.write("comment", "x"), "")
                        .file("c.rego", "package c\n")
                        .read();
        assertEquals(
                List.of("c.rego", name, "pax/" + name),
                bundle.modules().stream().map(Module::file).toList());
    }

    @Test
    void refusesFilesThatMeetInTheData() {
        RawArchive archive =
                new RawArchive()
                        .file("data.json", "{\"a\": {\"b\": 1}}")
                        .file("a/data.json", "{\"b\": {\"c\": 2}}");
        assertRefused(ProblemCode.INVALID_VALUE, archive::read, "a/data.json", "/a/b");
        RawArchive twice =
                new RawArchive().file("data.json", "{\"a\": 1}").file("data.yaml", "a: 1");
        assertRefused(ProblemCode.INVALID_VALUE, twice::read, "data.yaml", "/a ");
    }

    @Test
    void refusesRootsThatLieWithinEachOther() {
        for (String roots : List.of("[\"a\", \"a/b\"]", "[\"\", \"a\"]", "[\"x\", \"/x/\"]")) {
            RawArchive archive = new RawArchive().file(".manifest", "{\"roots\": " + roots + "}");
            assertRefused(ProblemCode.INVALID_VALUE, archive::read, ".manifest", "lies within");
        }
        assertEquals(List.of("ab", "a"), withRoots("ab", "a").roots());
    }

    @Test
    void tellsWhetherTwoBundlesOwnTheSame() {
        assertTrue(withRoots("a/b", "c").overlaps(withRoots("x", "a")));
        assertTrue(withRoots("a").overlaps(withRoots("a/b")));
        assertTrue(Manifest.EMPTY.overlaps(withRoots("a")));
        assertFalse(withRoots("a/b", "c").overlaps(withRoots("a/bc", "d/c")));
    }

    private static Manifest withRoots(String... roots) {
        return new Manifest("", List.of(roots), ObjectValue.EMPTY, Optional.empty(), Map.of());
    }

    @Test
    void refusesWhatIsOutsideOfTheRoots() throws IOException {
        String manifest = "{\"roots\": [\"shop/a\", \"b\"]}";
        assertRefused(
                ProblemCode.INVALID_VALUE,
                new RawArchive().file(".manifest", manifest).file("x.rego", POLICY)::read,
                "x.rego",
                "shop.access",
                "[shop/a, b]");
        assertRefused(
                ProblemCode.INVALID_VALUE,
                new RawArchive()
                                .file(".manifest", manifest)
                                .file("data.json", "{\"shop\": {\"ab\": 1}}")
                        ::read,
                "/shop/ab");
        assertRefused(
                ProblemCode.INVALID_VALUE,
                new RawArchive().file(".manifest", manifest).file("shop/data.json", "3")::read,
                "/shop ");
        Bundle within =
                new RawArchive()
                        .file(".manifest", manifest)
                        .file("x.rego", "package b.c\n")
                        .file("data.json", "{\"shop\": {\"a\": {\"x\": 1}}, \"b\": 2}")
                        .read();
        assertEquals(1, within.modules().size());
    }

    @Test
    void refusesManifestsWithOtherFields() {
        for (String manifest :
                List.of(
                        "{\"revision\": 1}",
                        "{\"roots\": \"a\"}",
                        "{\"roots\": [1]}",
                        "{\"metadata\": []}",
                        "{\"rego_version\": 2}",
                        "{\"rego_version\": \"1\"}",
                        "{\"file_rego_versions\": {\"a\": true}}",
                        "{\"file_rego_versions\": {\"[\": 1}}")) {
            RawArchive archive = new RawArchive().file(".manifest", manifest);
            assertRefused(ProblemCode.INVALID_VALUE, archive::read, ".manifest");
        }
    }

    @Test
    void refusesFilesThatAreNoData() {
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().file("a/data.json", "{\"x\": }")::read,
                "a/data.json",
                "no JSON");
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().file("data.yaml", "a: [")::read,
                "data.yaml",
                "no YAML");
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().file("data.json", "[1]")::read,
                "data.json",
                "array");
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().file(".manifest", "[]")::read,
                ".manifest",
                "not an object");
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().file("patch.json", "{}")::read,
                "delta");
        assertRefused(
                ProblemCode.UNREADABLE_INPUT,
                new RawArchive().entry("a.rego", '0', new byte[] {'p', (byte) 0xff}, "")::read,
                "a.rego",
                "UTF-8");
    }

    @Test
    void doesNotHoldPoliciesWithNamesThatCannotBeWritten() {
        for (String name : List.of("/a.rego", "../a.rego", "a.txt", "a//b.rego", "./a.rego")) {
            Module module = Parser.module(name, "package a\n", RegoVersion.V1);
            Refusals.assertRefusedAnyhow(
                    () -> new Bundle(Manifest.EMPTY, ObjectValue.EMPTY, List.of(module)));
        }
        Module module = Parser.module("a.rego", "package a\n", RegoVersion.V1);
        assertRefused(
                ProblemCode.INVALID_VALUE,
                () -> new Bundle(Manifest.EMPTY, ObjectValue.EMPTY, List.of(module, module)),
                "two policies");
    }
}
