package dev.sheaf.node.registry;

import static dev.sheaf.node.registry.RegistryRig.AWS;
import static dev.sheaf.node.registry.RegistryRig.AZURE;
import static dev.sheaf.node.registry.RegistryRig.GCP;
import static dev.sheaf.node.registry.RegistryRig.until;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.DocumentText;
import dev.sheaf.registry.Manifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.ManifestId;
import dev.sheaf.registry.ManifestJson;
import dev.sheaf.registry.ManifestKind;
import dev.sheaf.registry.SignedManifest;
import dev.sheaf.registry.TableShape;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Manifests as documents between three regions: forged, replayed, deleted by others, and kept from
/// those who may not know.
final class MeshDocumentsTest {
    private static final ProductName ORDERS = ProductName.parse("sales.orders");
    private static final Instant DAY = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir Path folder = Path.of("");
    private RegistryRig rig = rig();

    @SuppressWarnings("NullAway") // set before each test
    private static RegistryRig rig() {
        return null;
    }

    @BeforeEach
    void start() {
        rig = new RegistryRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static DomainManifest domain(String owner, Instant since) {
        return new DomainManifest(new DomainName("sales"), owner, Optional.empty(), since);
    }

    private static ProductManifest product(String description) {
        ColumnContract column =
                new ColumnContract(
                        "id",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ColumnType.Primitive.LONG,
                        true,
                        true,
                        true,
                        1,
                        OptionalInt.empty(),
                        ValueConstraints.NONE,
                        Optional.empty(),
                        false,
                        List.of(),
                        List.of(),
                        Map.of());
        return new ProductManifest(
                ORDERS,
                "sales.orders",
                Optional.empty(),
                "active",
                Optional.of(description),
                "sales.orders",
                "1.0.0",
                "v3.1.0",
                new TableShape(
                        new TableContract(
                                "orders",
                                Optional.empty(),
                                Optional.empty(),
                                List.of(column),
                                List.of(),
                                Map.of())),
                List.of(),
                Optional.of("SELECT id FROM input WHERE code <> 'sqlsecret'"),
                Optional.of(
                        DocumentText.of(
                                new Source(
                                        "p.yaml",
                                        "descriptorsecret".getBytes(StandardCharsets.UTF_8)))),
                false);
    }

    private void say(RegionName region, String group, Readers readers, Manifest... manifests) {
        RegistryRig.Side side = rig.at(region);
        synchronized (side.written) {
            side.written.make(group, readers.documents(List.of(manifests), side.documents));
        }
    }

    private Optional<CatalogProduct> known(RegionName region) {
        return rig.at(region).catalog.product(ORDERS);
    }

    private void sayOrders() {
        say(AWS, "", Readers.ALL, domain("owner@example.com", DAY));
        say(AWS, "sales.orders", Readers.ALL, product("all orders"));
        until("it is known", () -> known(GCP).isPresent() && known(AZURE).isPresent());
    }

    private static ManifestId id(ManifestKind kind, String subject, RegionName home) {
        return new ManifestId(kind, subject, home);
    }

    @Test
    void aDocumentThatAnotherRegionForgedDoesNotCountAndIsWrittenAnew() throws Exception {
        sayOrders();
        ManifestId id = id(ManifestKind.PRODUCT, "sales.orders", AWS);
        MeshDocuments forger = rig.at(AZURE).documents;
        JsonNode forged = ManifestJson.write(product("cheap orders"));
        // Signed by its own key, under the home's name and with a later revision.
        forger.write(new DocumentPlace("mesh.product", id), 9, forged);
        until("it is found", () -> !rig.at(GCP).faults.all().isEmpty());
        assertTrue(
                rig.at(GCP).faults.all().getFirst().reason().contains("aws/us-east-1"),
                () -> rig.at(GCP).faults.all().toString());
        assertEquals(Optional.of("all orders"), known(GCP).orElseThrow().product().description());
        DocumentPlace touched = rig.at(AWS).touched.take();
        assertEquals(new DocumentPlace("mesh.product", id), touched);
        say(AWS, "sales.orders", Readers.ALL, product("all orders"));
        until("its home has put it right", () -> rig.at(GCP).faults.all().isEmpty());
        assertTrue(
                forger.local()
                                .read("mesh.product", id.toString())
                                .orElseThrow()
                                .path("revision")
                                .asLong(0)
                        > 9);
        assertTrue(known(GCP).isPresent());
    }

    @Test
    void anOlderRevisionThatIsWrittenAgainDoesNotCount() throws Exception {
        sayOrders();
        String id = id(ManifestKind.PRODUCT, "sales.orders", AWS).toString();
        JsonNode first = rig.at(GCP).documents.local().read("mesh.product", id).orElseThrow();
        say(AWS, "sales.orders", Readers.ALL, product("new orders"));
        until(
                "the change is known",
                () ->
                        known(GCP)
                                .orElseThrow()
                                .product()
                                .description()
                                .equals(Optional.of("new orders")));
        rig.at(AZURE).documents.write("mesh.product", id, first);
        until("it is found", () -> !rig.at(GCP).faults.all().isEmpty());
        assertTrue(rig.at(GCP).faults.all().getFirst().reason().contains("revision"));
        assertEquals(Optional.of("new orders"), known(GCP).orElseThrow().product().description());
        rig.at(AWS).touched.take();
        say(AWS, "sales.orders", Readers.ALL, product("new orders"));
        until("its home has put it right", () -> rig.at(GCP).faults.all().isEmpty());
    }

    @Test
    void aSignedManifestCountsInItsOwnDocumentOnly() {
        sayOrders();
        ManifestId id = id(ManifestKind.PRODUCT, "sales.orders", AWS);
        JsonNode signed =
                rig.at(GCP).documents.local().read("mesh.product", id.toString()).orElseThrow();
        MeshDocuments azure = rig.at(AZURE).documents;
        azure.write("mesh.release", id.toString(), signed);
        azure.write(azure.pair(GCP), id.toString(), signed);
        String other = id(ManifestKind.PRODUCT, "sales.returns", AWS).toString();
        azure.write("mesh.product", other, signed);
        until("all three are found", () -> rig.at(GCP).faults.all().size() == 3);
        assertEquals(1, rig.at(GCP).catalog.products().size());
    }

    @Test
    void whatAnotherRegionDeletesIsNotGone() throws Exception {
        sayOrders();
        ManifestId id = id(ManifestKind.PRODUCT, "sales.orders", AWS);
        rig.at(AZURE).documents.delete(new DocumentPlace("mesh.product", id));
        until("it is found", () -> !rig.at(GCP).faults.all().isEmpty());
        assertTrue(known(GCP).isPresent());
        rig.at(AWS).touched.take();
        say(AWS, "sales.orders", Readers.ALL, product("all orders"));
        until("its home has put it right", () -> rig.at(GCP).faults.all().isEmpty());
        say(AWS, "sales.orders", Readers.NOBODY);
        until("its home may", () -> known(GCP).isEmpty());
    }

    @Test
    void garbageIsAFaultAndNothingElse() {
        sayOrders();
        MeshDocuments azure = rig.at(AZURE).documents;
        JsonNode signed =
                azure.local()
                        .read(
                                "mesh.product",
                                id(ManifestKind.PRODUCT, "sales.orders", AWS).toString())
                        .orElseThrow();
        azure.write("mesh.product", "no id at all", signed);
        azure.write("mesh.product", "product:sales.x@azure/westeurope", signed);
        azure.write("mesh.contract", "contract:/@azure/westeurope", signed);
        until("all are found", () -> rig.at(GCP).faults.all().size() == 3);
        assertTrue(known(GCP).isPresent());
        assertEquals(3, rig.at(GCP).faults.found());
    }

    @Test
    void ofTwoRegionsThatClaimADomainTheFirstHasIt() {
        say(AZURE, "", Readers.ALL, domain("late@example.com", DAY.plusSeconds(60)));
        say(AZURE, "sales.orders", Readers.ALL, product("late orders"));
        until("it is known", () -> known(GCP).isPresent());
        say(AWS, "", Readers.ALL, domain("owner@example.com", DAY));
        until("both are seen", () -> rig.at(GCP).catalog.conflicts().size() == 1);
        assertEquals(AWS, rig.at(GCP).catalog.conflicts().getFirst().home());
        assertEquals(List.of(AZURE), rig.at(GCP).catalog.conflicts().getFirst().others());
        assertTrue(known(GCP).isEmpty(), "what the second says of it does not count");
    }

    @Test
    void noByteOfWhatARegionMayNotKnowGoesThere() {
        Readers azureOnly = Readers.of(Map.of(AZURE, Export.FULL, GCP, Export.NONE), false);
        say(AWS, "", Readers.ofAny(List.of(azureOnly)), domain("hidden@example.com", DAY));
        say(AWS, "sales.orders", azureOnly, product("hidden orders"));
        until("those who may know it", () -> known(AZURE).isPresent());
        // Something for all comes after it on the same links.
        DomainManifest other =
                new DomainManifest(
                        new DomainName("support"), "s@example.com", Optional.empty(), DAY);
        say(AWS, "", Readers.ALL, other);
        until(
                "what is for all has come",
                () -> rig.at(GCP).catalog.domain(new DomainName("support")).isPresent());
        assertTrue(rig.wentTo(AZURE, "hidden orders"), "what is looked for can be found");
        for (String word :
                List.of("hidden orders", "hidden@example.com", "sales.orders", "sqlsecret")) {
            assertFalse(rig.wentTo(GCP, word), word);
        }
    }

    @Test
    void aRegionThatMayKnowButNotHaveTheDataGetsNoSql() {
        Readers reduced = Readers.of(Map.of(AZURE, Export.FULL, GCP, Export.REDUCED), false);
        say(AWS, "", Readers.ofAny(List.of(reduced)), domain("owner@example.com", DAY));
        say(AWS, "sales.orders", reduced, product("orders in part"));
        until("both know it", () -> known(GCP).isPresent() && known(AZURE).isPresent());
        assertTrue(known(GCP).orElseThrow().product().isReduced());
        assertTrue(known(AZURE).orElseThrow().product().transform().isPresent());
        assertTrue(rig.wentTo(AZURE, "sqlsecret") && rig.wentTo(AZURE, "descriptorsecret"));
        assertTrue(rig.wentTo(GCP, "orders in part"));
        assertFalse(rig.wentTo(GCP, "sqlsecret"));
        assertFalse(rig.wentTo(GCP, "descriptorsecret"));
    }

    @Test
    void whoMayNotKnowAnyLongerForgets() {
        sayOrders();
        Readers azureOnly = Readers.of(Map.of(AZURE, Export.FULL, GCP, Export.NONE), true);
        say(AWS, "sales.orders", azureOnly, product("all orders"));
        say(AWS, "", Readers.ofAny(List.of(azureOnly)), domain("owner@example.com", DAY));
        until("it is forgotten", () -> known(GCP).isEmpty());
        until(
                "with its domain",
                () -> rig.at(GCP).catalog.domain(new DomainName("sales")).isEmpty());
        until("who still may does", () -> known(AZURE).isPresent());
        assertTrue(
                rig.at(GCP)
                        .documents
                        .local()
                        .read(
                                "mesh.product",
                                id(ManifestKind.PRODUCT, "sales.orders", AWS).toString())
                        .isEmpty());
        sayOrders();
    }

    @Test
    void aNodeThatStartsAgainWritesNothingThatIsThereAlready() {
        sayOrders();
        RegistryRig.Side side = rig.at(AWS);
        String id = id(ManifestKind.PRODUCT, "sales.orders", AWS).toString();
        JsonNode before = side.documents.local().read("mesh.product", id).orElseThrow();
        WrittenManifests again = new WrittenManifests(side.documents);
        again.load();
        again.make(
                "sales.orders",
                Readers.ALL.documents(List.of(product("all orders")), side.documents));
        assertEquals(before, side.documents.local().read("mesh.product", id).orElseThrow());
        SignedManifest signed = SignedManifest.read("mesh.product", id, before);
        assertEquals(1, signed.revision());
    }
}
