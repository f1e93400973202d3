package dev.sheaf.product.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.PlannedChange.Action;
import dev.sheaf.product.ledger.JdbcLedger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// The mesh in examples/ is what its README says.
final class ExampleMeshTest {
    private static final long EXAMPLE_BYTES_MAX = 10L << 20;

    @TempDir private Path folder;

    private final Planner planner = new Planner(SpecCheck.none());

    @Test
    void hasNoFaultAndNothingToWarnOf() {
        Manifests manifests = ManifestReader.read(Examples.manifests("mesh"));
        assertEquals(List.of(), manifests.findings());
        assertEquals(5, manifests.domains().size());
        assertEquals(7, manifests.products().size());
        assertEquals(7, manifests.contracts().size());
    }

    @Test
    void appliesOnceAndThenChangesNothing() {
        try (Ledger ledger = open()) {
            Manifests manifests = ManifestReader.read(Examples.manifests("mesh"));
            Plan plan = planner.plan(DeclaredState.of(ledger), manifests, Prune.NOTHING);
            assertEquals(List.of(), plan.warnings());
            assertEquals(5 + 7 + 7, plan.count(Action.CREATE), PlanText.of(plan));
            ledger.apply(plan.revision(), plan.ledgerChanges());
            Plan again = planner.plan(DeclaredState.of(ledger), manifests, Prune.EVERYTHING);
            assertTrue(again.isEmpty(), PlanText.of(again));
        }
        try (Ledger ledger = open()) {
            List<String> names =
                    ledger.products().stream().map(product -> product.name().toString()).toList();
            assertEquals(
                    List.of(
                            "customer.customers",
                            "finance.purchase-order-lines",
                            "finance.purchase-orders",
                            "finance.vendors",
                            "inventory.stock",
                            "product.products",
                            "sales.orders"),
                    names);
        }
    }

    @Test
    void theBreakingContractIsRefused() {
        try (Ledger ledger = open()) {
            Plan mesh =
                    planner.plan(
                            DeclaredState.of(ledger),
                            ManifestReader.read(Examples.manifests("mesh")),
                            Prune.NOTHING);
            ledger.apply(mesh.revision(), mesh.ledgerChanges());
            Plan breaking =
                    planner.plan(
                            DeclaredState.of(ledger),
                            ManifestReader.read(Examples.manifests("breaking")),
                            Prune.NOTHING);
            assertFalse(breaking.isApplicable(), PlanText.of(breaking));
            assertTrue(breaking.refusals().getFirst().message().contains("2.0.0"));
        }
    }

    @Test
    void headerlessFilesNameAsManyColumnsAsTheyHave() throws IOException {
        try (Ledger ledger = open()) {
            Plan plan =
                    planner.plan(
                            DeclaredState.of(ledger),
                            ManifestReader.read(Examples.manifests("mesh")),
                            Prune.NOTHING);
            ledger.apply(plan.revision(), plan.ledgerChanges());
            for (ProductSpec product : ledger.products()) {
                if (!product.source().columns().isEmpty()) {
                    assertEquals(
                            columns(file(product.name().name())),
                            product.source().columns().size(),
                            product.name().toString());
                }
            }
        }
    }

    private static String file(String product) {
        return switch (product) {
            case "products" -> "Product.csv";
            case "stock" -> "ProductInventory.csv";
            case "vendors" -> "Vendor.csv";
            case "purchase-orders" -> "PurchaseOrderHeader.csv";
            case "purchase-order-lines" -> "PurchaseOrderDetail.csv";
            default -> throw new IllegalArgumentException(product);
        };
    }

    private static int columns(String file) throws IOException {
        Path path = Examples.folder().resolve("data/adventureworks").resolve(file);
        return Files.readAllLines(path).getFirst().split("\t", -1).length;
    }

    @Test
    void theDataIsSmallAndSaysWhereItIsFrom() throws IOException {
        Path data = Examples.folder().resolve("data");
        try (Stream<Path> files = Files.walk(data);
                Stream<Path> folders = Files.list(data)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            assertTrue(bytes < EXAMPLE_BYTES_MAX, bytes + " bytes");
            for (Path dataset : folders.toList()) {
                String source = Files.readString(dataset.resolve("SOURCE.txt"));
                assertTrue(
                        source.contains("Source:") && source.contains("Licence:"),
                        dataset.toString());
            }
        }
    }

    private Ledger open() {
        return JdbcLedger.onSqlite(
                folder.resolve("ledger.db"), new ProductSpecReader(), Clock.systemUTC());
    }
}
