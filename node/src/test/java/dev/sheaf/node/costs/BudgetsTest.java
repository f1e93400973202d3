package dev.sheaf.node.costs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

final class BudgetsTest {
    @TempDir Path folder = Path.of("");
    private CostRig rig = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before each test
    private static <T> T none() {
        return null;
    }

    @BeforeEach
    void open() {
        rig = new CostRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Reservation reserve(String amount) {
        return rig.budgets.reserve(List.of(CostRig.ORDERS), CostRig.usd(amount));
    }

    private Problem refused(String amount) {
        Problem told = assertThrows(Problem.class, () -> reserve(amount));
        assertEquals(ProblemCode.COST_EXCEEDED, told.code());
        return told;
    }

    private Money reserved() {
        return rig.budgets
                .standing(CostRig.ORDERS.domain())
                .map(Budgets.Standing::reserved)
                .orElseThrow();
    }

    @Test
    void whatIsLeftMayBeSpentToTheLastAndNothingMore() {
        rig.budget("sales", "{monthly: \"1 USD\"}");
        refused("1.000000001");
        try (Reservation all = reserve("1")) {
            assertEquals(1, all.warnings().size());
            refused("0.000000001");
        }
        try (Reservation again = reserve("0.79")) {
            assertEquals(List.of(), again.warnings());
        }
        assertEquals(Money.zero("USD"), reserved());
    }

    @Test
    void aRefusalNamesTheDomainTheBudgetWhatIsSpentWhenItRenewsAndTheWayOut() {
        rig.budget("sales", "{monthly: \"1 USD\", action: refuse}");
        rig.use(CostRig.ORDERS, 10 * CostRig.GIB);
        String told = refused("0.2").message();
        for (String part :
                List.of(
                        "sales",
                        "1 USD",
                        "0.9 USD",
                        "2028-02",
                        "2028-03-01",
                        "0.2 USD",
                        "sales@example.com")) {
            assertTrue(told.contains(part), part + ": " + told);
        }
    }

    @Test
    void whatWasReallyUsedCountsAndNotTheEstimate() {
        rig.budget("sales", "{monthly: \"1 USD\"}");
        try (Reservation held = reserve("0.9")) {
            assertEquals(1, held.warnings().size());
            rig.use(CostRig.ORDERS, CostRig.GIB);
        }
        assertEquals(CostRig.usd("0.09"), rig.spent("sales"));
        reserve("0.91").close();
        refused("0.92");
    }

    @Test
    void statementsAtTheSameTimeCannotTogetherExceedTheBudget() {
        rig.budget("sales", "{monthly: \"1 USD\"}");
        AtomicInteger held = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Void>> work = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                work.add(
                        CompletableFuture.runAsync(
                                () -> {
                                    try {
                                        reserve("0.03");
                                        held.incrementAndGet();
                                    } catch (Problem e) {
                                        refused.incrementAndGet();
                                    }
                                },
                                threads));
            }
        }
        work.forEach(CompletableFuture::join);
        assertEquals(33, held.get());
        assertEquals(167, refused.get());
        assertEquals(CostRig.usd("0.99"), reserved());
    }

    @Test
    void closingTwiceGivesBackOnce() {
        rig.budget("sales", "{monthly: \"1 USD\"}");
        try (Reservation other = reserve("0.5")) {
            Reservation twice = reserve("0.4");
            twice.close();
            twice.close();
            assertEquals(CostRig.usd("0.5"), reserved());
            assertEquals(List.of(), other.warnings());
        }
    }

    @Test
    void aWarningBudgetRefusesNothing() {
        rig.budget("sales", "{monthly: \"1 USD\", action: warn}");
        try (Reservation over = reserve("5")) {
            assertTrue(over.warnings().getFirst().contains("exceeded"), over.warnings()::toString);
        }
    }

    @Test
    void eachDomainBearsTheShareOfItsProducts() {
        rig.budget("sales", "{monthly: \"1 USD\"}");
        rig.budget("finance", "{monthly: \"0.5 USD\"}");
        try (Reservation both =
                rig.budgets.reserve(
                        List.of(CostRig.ORDERS, CostRig.INVOICES), CostRig.usd("0.8"))) {
            assertEquals(CostRig.usd("0.4"), reserved());
            assertEquals(1, both.warnings().size());
        }
        Problem told =
                assertThrows(
                        Problem.class,
                        () ->
                                rig.budgets.reserve(
                                        List.of(CostRig.ORDERS, CostRig.INVOICES),
                                        CostRig.usd("1.2")));
        assertTrue(told.message().contains("finance"), told.message());
        assertEquals(Money.zero("USD"), reserved(), "nothing is held by what was refused");
    }

    @Test
    void withTheNextMonthTheBudgetIsWholeAgain() {
        rig.budget("sales", "{monthly: \"1 USD\"}");
        rig.now.set(Instant.parse("2028-02-29T23:59:59.999Z"));
        rig.use(CostRig.ORDERS, 11 * CostRig.GIB);
        refused("0.02");
        rig.now.set(Instant.parse("2028-03-01T00:00:00Z"));
        reserve("1").close();
        assertEquals(Money.zero("USD"), rig.spent("sales"));
    }

    @Test
    void withinTheRegionNothingIsHeldAndNothingIsRefused() {
        rig.budget("sales", "{monthly: \"0.01 USD\"}");
        rig.budgets
                .reserve(List.of(CostRig.ORDERS), CostRig.HOME, CostRig.HOME, Long.MAX_VALUE)
                .close();
        assertThrows(
                Problem.class,
                () ->
                        rig.budgets.reserve(
                                List.of(CostRig.ORDERS),
                                CostRig.HOME,
                                CostRig.AWAY,
                                Long.MAX_VALUE));
    }

    @Test
    void aDomainWithoutABudgetIsNotHeldToOne() {
        reserve("1000000").close();
        rig.budget("sales", "{}");
        reserve("1000000").close();
    }

    @Test
    void aBudgetInAnotherCurrencyIsRefusedWithTheWayOut() {
        rig.budget("sales", "{monthly: \"50 EUR\"}");
        assertTrue(refused("0.01").message().contains("EUR"));
    }
}
