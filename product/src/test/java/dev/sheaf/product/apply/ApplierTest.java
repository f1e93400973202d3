package dev.sheaf.product.apply;

import static dev.sheaf.product.apply.Samples.contract;
import static dev.sheaf.product.apply.Samples.domain;
import static dev.sheaf.product.apply.Samples.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.release.LakeFolder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

final class ApplierTest {
    private static final TableName ORDERS = new TableName("sales", "orders");

    @TempDir private Path folder;

    private final Planner planner = new Planner(SpecCheck.none());
    private Ledger ledger;
    private Lake lake;
    private Applier applier;

    @BeforeEach
    void open() {
        ledger =
                JdbcLedger.onSqlite(
                        folder.resolve("ledger.db"), new ProductSpecReader(), Clock.systemUTC());
        lake = LakeFolder.open(folder);
        applier = new Applier(ledger, lake);
    }

    @AfterEach
    void close() {
        ledger.close();
        lake.close();
    }

    private Plan plan(Prune prune, Source... sources) {
        return planner.plan(DeclaredState.of(ledger), ManifestReader.read(List.of(sources)), prune);
    }

    private Plan orders() {
        return plan(
                Prune.NOTHING,
                domain("sales"),
                product("sales", "orders"),
                contract("sales", "orders", "1.0.0", "id"));
    }

    @Test
    void appliesOnceAndThenNothing() {
        assertEquals(1, applier.apply(orders()).revision());
        Applier.Applied again = applier.apply(orders());
        assertEquals(1, again.revision());
        assertTrue(again.plan().isEmpty());
        assertEquals(1, ledger.revision());
    }

    @Test
    void refusesAPlanThatIsOutOfDate() {
        Plan first = orders();
        Plan second = orders();
        applier.apply(first);
        Problem problem = assertThrows(Problem.class, () -> applier.apply(second));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        Plan nothing = orders();
        applier.apply(plan(Prune.NOTHING, domain("hr")));
        assertEquals(
                ProblemCode.CONFLICT,
                assertThrows(Problem.class, () -> applier.apply(nothing)).code());
    }

    @Test
    void refusesAPlanWithRefusalsAndNamesThemAll() {
        applier.apply(
                plan(
                        Prune.NOTHING,
                        domain("sales"),
                        product("sales", "orders"),
                        product("sales", "returns"),
                        contract("sales", "orders", "1.0.0", "id", "amount"),
                        contract("sales", "returns", "1.5.0", "id")));
        Plan bad =
                plan(
                        Prune.NOTHING,
                        domain("hr"),
                        contract("sales", "orders", "1.1.0", "id"),
                        contract("sales", "returns", "1.4.0", "id"));
        Problem problem = assertThrows(Problem.class, () -> applier.apply(bad));
        assertEquals(ProblemCode.BREAKING_CHANGE, problem.code());
        assertTrue(problem.message().contains("sales.orders: "), problem.message());
        assertTrue(problem.message().contains("sales.returns: "), problem.message());
        assertEquals(1, ledger.revision());
        assertEquals(1, ledger.domains().size());
    }

    @Test
    void ofTwoAtOnceOneIsTold() throws Exception {
        Plan plan = orders();
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(() -> isApplied(plan));
        }
        int applied = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                applied += attempt.get() ? 1 : 0;
            }
        }
        assertEquals(1, applied);
        assertEquals(1, ledger.revision());
    }

    private boolean isApplied(Plan plan) {
        try {
            applier.apply(plan);
            return true;
        } catch (Problem problem) {
            assertEquals(ProblemCode.CONFLICT, problem.code());
            return false;
        }
    }

    @Test
    void theTableOfARemovedProductIsDropped() {
        applier.apply(orders());
        createTable();
        Applier.Applied applied = applier.apply(plan(Prune.PRODUCTS, domain("sales")));
        assertEquals(List.of(), applied.notDroppedYet());
        assertTrue(lake.table(ORDERS).isEmpty());
        assertEquals(List.of(), ledger.removedProducts());
    }

    @Test
    void aTableThatSurvivedACrashIsDroppedBeforeTheProductComesBack() {
        applier.apply(orders());
        createTable();
        Plan removal = plan(Prune.PRODUCTS, domain("sales"));
        ledger.apply(removal.revision(), removal.ledgerChanges()); // and then the node died
        assertEquals(List.of(ProductName.parse("sales.orders")), ledger.removedProducts());
        assertTrue(lake.table(ORDERS).isPresent());
        applier.apply(orders());
        assertTrue(lake.table(ORDERS).isEmpty(), "nothing of the old product may show");
        assertEquals(1, ledger.products().size());
    }

    private void createTable() {
        lake.createOrEvolve(
                ORDERS,
                ledger.products().getFirst().table(),
                "file://" + folder.resolve("warehouse/sales/orders"));
    }
}
