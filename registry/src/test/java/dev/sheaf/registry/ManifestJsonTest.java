package dev.sheaf.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.Manifest.Edge;
import dev.sheaf.registry.Manifest.LineageManifest;
import dev.sheaf.registry.Manifest.PolicyManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;
import dev.sheaf.registry.Manifest.Rows;
import dev.sheaf.registry.Manifest.Standing;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Manifests come back from JSON as they went, and what is none is refused.
final class ManifestJsonTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final RegionName HOME = RegionName.parse("aws/us-east-1");
    private static final List<Manifest> ALL =
            List.of(
                    Samples.domain(Samples.DAY),
                    Samples.product("d"),
                    Samples.contract("2.0.0"),
                    Samples.release(3, Standing.ROLLED_BACK, 100),
                    new PolicyManifest(HOME, "abc"),
                    new LineageManifest(
                            Samples.ORDERS,
                            List.of(
                                    new Edge("id", List.of("a", "b"), true, false),
                                    new Edge("deep", List.of(), false, true)),
                            Optional.empty(),
                            Optional.of("0a1b")),
                    new LineageManifest(
                            Samples.ORDERS,
                            List.of(),
                            Optional.of(new Rows(List.of("a", "day"), false)),
                            Optional.empty()));

    @Test
    void whatWasWrittenIsRead() {
        for (Manifest manifest : ALL) {
            byte[] canonical = CanonicalJson.bytes(ManifestJson.write(manifest));
            Manifest read = ManifestJson.read(manifest.kind(), JSON.readTree(canonical));
            assertEquals(manifest, read);
            assertArrayEquals(canonical, CanonicalJson.bytes(ManifestJson.write(read)));
        }
    }

    @Test
    void valuesOfColumnsAreInNone() {
        for (Manifest manifest : ALL) {
            String text = ManifestJson.write(manifest).toString();
            assertFalse(text.contains("77123") || text.contains("allowedsecret"), text);
        }
    }

    @Test
    void reducedManifestsTellLess() {
        ProductManifest product = (ProductManifest) Reduction.of(Samples.product("d"));
        assertTrue(product.transform().isEmpty() && product.descriptor().isEmpty());
        assertTrue(product.isReduced());
        assertEquals(Samples.table().withoutKeys(), product.table());
        assertTrue(product.table().table().foreignKeys().isEmpty());
        ReleaseManifest many =
                (ReleaseManifest) Reduction.of(Samples.release(1, Standing.CURRENT, 20));
        assertEquals(20, many.rows().orElseThrow());
        assertTrue(many.rowsAdded().isEmpty() && many.location().isEmpty());
        ReleaseManifest few =
                (ReleaseManifest) Reduction.of(Samples.release(1, Standing.CURRENT, 19));
        assertTrue(few.rows().isEmpty() && few.bytes().isEmpty());
        String contract = ManifestJson.write(Reduction.of(Samples.contract("2.0.0"))).toString();
        assertFalse(contract.contains("document"), contract);
    }

    @Test
    void damagedManifestsAreRefusedAndNothingWorse() {
        Random random = new Random(26);
        for (Manifest manifest : ALL) {
            for (int i = 0; i < 300; i++) {
                ObjectNode damaged = ManifestJson.write(manifest).deepCopy();
                damage(damaged, random);
                try {
                    ManifestJson.read(manifest.kind(), damaged);
                } catch (Problem expected) {
                    assertFalse(expected.message().isEmpty());
                }
            }
        }
        assertThrows(
                Problem.class, () -> ManifestJson.read(ManifestKind.DOMAIN, JSON.readTree("[]")));
    }

    private static void damage(ObjectNode object, Random random) {
        List<String> names = List.copyOf(object.propertyNames());
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        JsonNode member = object.path(name);
        if (member instanceof ObjectNode inner && random.nextBoolean()) {
            damage(inner, random);
        } else if (random.nextInt(3) == 0) {
            object.remove(name);
        } else {
            object.set(
                    name,
                    JSON.readTree(
                            List.of("null", "1.5", "\"x\"", "[[]]", "{\"a\": {}}", "-1", "true")
                                    .get(random.nextInt(7))));
        }
    }

    @Test
    void aDocumentSaysWhoseAndWhatItIs() {
        ManifestId id = new ManifestId(ManifestKind.DOMAIN, "sales", HOME);
        assertEquals(id, ManifestId.parse("domain:sales@aws/us-east-1"));
        for (String wrong :
                List.of("", "sales", "domain:sales", "domain:@aws/us-east-1", "x:a@aws/b", ":@")) {
            assertThrows(Problem.class, () -> ManifestId.parse(wrong), wrong);
        }
        SignedManifest signed =
                new SignedManifest(
                        "mesh.domain", id, 4, ManifestJson.write(Samples.domain(Samples.DAY)), "s");
        assertEquals(signed, SignedManifest.read("mesh.domain", id.toString(), signed.document()));
        ObjectNode other = signed.document().put("home", "gcp/europe-west1");
        assertThrows(Problem.class, () -> SignedManifest.read("mesh.domain", id.toString(), other));
        SignedManifest misplaced =
                new SignedManifest(
                        "mesh.domain",
                        new ManifestId(ManifestKind.DOMAIN, "support", HOME),
                        4,
                        signed.json(),
                        "s");
        assertThrows(Problem.class, misplaced::manifest);
    }
}
