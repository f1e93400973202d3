package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.DomainInfo;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.ProductDetails;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.ReleaseList;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Two nodes with real links: each region knows the other's products, also when it cannot reach it.
final class CatalogAcrossRegionsTest extends TwoRegions {
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");
    private static final ProductName CUSTOMERS = ProductName.parse("customer.customers");

    CatalogAcrossRegionsTest() {
        super("catalog.read", "mesh.apply", "product.publish");
    }

    @Test
    void aProductIsKnownInTheOtherRegionWithItsContractAndReleases() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        apply(AZURE, "customer");
        SheafClient there = operator(AZURE);
        SheafClient here = operator(AWS);
        until("it is known", () -> find(here, CUSTOMERS).isPresent());
        ProductDetails known = find(here, CUSTOMERS).orElseThrow();
        ProductDetails told = there.product(CUSTOMERS);
        assertEquals(told.columns(), known.columns());
        assertEquals(told.primaryKey(), known.primaryKey());
        assertEquals(told.transform(), known.transform());
        assertEquals(told.product().owner(), known.product().owner());
        assertEquals(AZURE, known.product().homeRegion());
        assertTrue(known.product().ageSeconds().isPresent());
        assertTrue(told.product().ageSeconds().isEmpty());
        assertTrue(known.health().isEmpty());
        until("its contract too", () -> !here.contractVersions(CUSTOMERS).isEmpty());
        // Personal data of Europe: residency lets it be known, and not more.
        Problem hidden =
                assertThrows(Problem.class, () -> here.contract(CUSTOMERS, Optional.empty()));
        assertEquals(ProblemCode.CONFLICT, hidden.code());
        DomainInfo domain = here.domains().getFirst();
        assertEquals("customer", domain.name());
        assertEquals(AZURE, domain.homeRegion());
        assertEquals(1, domain.products());
        Problem elsewhere = assertThrows(Problem.class, () -> here.health(CUSTOMERS));
        assertEquals(ProblemCode.CONFLICT, elsewhere.code());
        assertTrue(elsewhere.message().contains(AZURE), elsewhere.message());
    }

    @Test
    void releasesRollbacksAndRemovalsAreHeardOf() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        SheafClient home = operator(AZURE);
        SheafClient other = operator(AWS);
        home.apply(SharedNotes.manifests(AZURE, "1.0.0"));
        SharedNotes.publish(home, folder, "id,text\n1,a\n2,b\n");
        until("the release is known", () -> releases(other).size() == 1);
        assertArrayEquals(
                home.contract(SharedNotes.NAME, Optional.empty()),
                other.contract(SharedNotes.NAME, Optional.empty()));
        assertEquals(
                home.product(SharedNotes.NAME).transform(),
                other.product(SharedNotes.NAME).transform());
        assertEquals(2, releases(other).getFirst().rowsTotal().orElseThrow());
        assertEquals(
                home.releases(SharedNotes.NAME).getFirst().score(),
                releases(other).getFirst().score());
        SharedNotes.publish(home, folder, "id,text\n3,c\n");
        until("the next", () -> current(other) == 2);
        home.rollback(SharedNotes.NAME, 1);
        until("the rollback", () -> current(other) == 1);
        assertEquals(2, releases(other).size());
        home.deleteProduct(SharedNotes.NAME);
        until("that it is gone", () -> find(other, SharedNotes.NAME).isEmpty());
    }

    @Test
    void theCatalogAnswersWithAGrowingAgeWhenTheOtherRegionIsGone() throws Exception {
        start(AWS, true, false);
        start(AZURE, true, false);
        apply(AZURE, "customer");
        SheafClient here = operator(AWS);
        until("it is known", () -> find(here, CUSTOMERS).isPresent());
        here.contexts().injectFault(AZURE, LinkFault.cut("both"));
        until("the age grows", () -> age(here) >= 6);
        here.contexts().injectFault(AZURE, LinkFault.heal());
        until("it is fresh again", () -> age(here) <= 3);
        Objects.requireNonNull(nodes.remove(AZURE)).close();
        until("the age grows", () -> age(here) >= 5);
        assertEquals(AZURE, here.products().getFirst().homeRegion());
        ProductDetails known = here.product(CUSTOMERS);
        assertFalse(known.columns().isEmpty());

        // Also after a start of its own, and then no fresher than before.
        Objects.requireNonNull(nodes.remove(AWS)).close();
        start(AWS, true, false);
        SheafClient again = operator(AWS);
        assertEquals(known.columns(), again.product(CUSTOMERS).columns());
        assertTrue(age(again) >= 5);
    }

    private static long age(SheafClient client) {
        return client.products().stream()
                .map(ProductSummary::ageSeconds)
                .mapToLong(age -> age.orElse(-1))
                .findFirst()
                .orElse(-1);
    }

    private static List<ReleaseInfo> releases(SheafClient client) {
        try {
            ReleaseList list = client.releaseList(SharedNotes.NAME);
            assertEquals(AZURE, list.home());
            assertTrue(list.ageSeconds().isPresent());
            return list.releases();
        } catch (Problem notYet) {
            assertEquals(ProblemCode.NOT_FOUND, notYet.code(), notYet.message());
            return List.of();
        }
    }

    private static long current(SheafClient client) {
        return client.product(SharedNotes.NAME)
                .currentRelease()
                .map(ReleaseInfo::release)
                .orElse(0L);
    }

    private static Optional<ProductDetails> find(SheafClient client, ProductName product) {
        try {
            return Optional.of(client.product(product));
        } catch (Problem none) {
            assertEquals(ProblemCode.NOT_FOUND, none.code(), none.message());
            return Optional.empty();
        }
    }

    private void apply(String region, String domain) throws IOException {
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(EXAMPLES.resolve("mesh").resolve(domain))) {
            for (Path file : all.sorted().toList()) {
                files.add(
                        new ManifestFile(file.getFileName().toString(), Files.readAllBytes(file)));
            }
        }
        operator(region).apply(new Manifests(files, Optional.empty()));
    }
}
