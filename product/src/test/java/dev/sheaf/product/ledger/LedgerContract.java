package dev.sheaf.product.ledger;

import static dev.sheaf.product.ledger.LedgerSamples.ORDERS;
import static dev.sheaf.product.ledger.LedgerSamples.START;
import static dev.sheaf.product.ledger.LedgerSamples.STOCK;
import static dev.sheaf.product.ledger.LedgerSamples.committed;
import static dev.sheaf.product.ledger.LedgerSamples.domain;
import static dev.sheaf.product.ledger.LedgerSamples.ended;
import static dev.sheaf.product.ledger.LedgerSamples.input;
import static dev.sheaf.product.ledger.LedgerSamples.prepared;
import static dev.sheaf.product.ledger.LedgerSamples.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.TableHistory.StoredFile;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Ledger.Change;
import dev.sheaf.product.Ledger.ContractVersion;
import dev.sheaf.product.Ledger.Rollback;
import dev.sheaf.product.Removal;
import dev.sheaf.product.Run;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every ledger does, whatever it stores in.
abstract class LedgerContract {
    static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private Ledger ledger;

    /// Opens the same ledger each time within one test, an empty one in each test.
    abstract Ledger open();

    @BeforeEach
    void openLedger() {
        ledger = open();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private void declare() {
        ledger.apply(
                ledger.revision(),
                List.of(
                        new Change.PutDomain(domain("sales")),
                        new Change.PutDomain(domain("inventory")),
                        new Change.PutProduct(product(ORDERS, "1.0.0")),
                        new Change.PutProduct(product(STOCK, "1.0.0"))));
    }

    @Test
    void beginsEmptyAtRevisionZero() {
        assertEquals(0, ledger.revision());
        assertEquals(List.of(), ledger.domains());
        assertEquals(List.of(), ledger.products());
        assertEquals(Optional.empty(), ledger.product(ORDERS));
        assertEquals(List.of(), ledger.unfinishedRuns());
    }

    @Test
    void keepsWhatWasAppliedInNameOrder() {
        declare();
        assertEquals(1, ledger.revision());
        assertEquals(List.of(domain("inventory"), domain("sales")), ledger.domains());
        assertEquals(List.of(product(STOCK, "1.0.0"), product(ORDERS, "1.0.0")), ledger.products());
        assertEquals(Optional.of(domain("sales")), ledger.domain(domain("sales").name()));
    }

    @Test
    void everythingIsThereAfterReopening() {
        declare();
        Run run = committed(prepared("r1", ORDERS, 0), 1, 77);
        ledger.begin(prepared("r1", ORDERS, 0));
        ledger.update(run);
        ledger.close();
        ledger = open();
        assertEquals(1, ledger.revision());
        assertEquals(2, ledger.products().size());
        assertEquals(Optional.of(run), ledger.run("r1"));
    }

    @Test
    void documentsComeBackByteForByte() {
        byte[] odd = {
            (byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a', ':', ' ', 0, '\r', '\n', (byte) 0xff
        };
        Domain odds =
                new Domain(
                        domain("odd").name(),
                        RegionName.parse("gcp/europe-west1"),
                        "Zoë ' OR 1=1 --",
                        Optional.empty(),
                        new Source("it's/ünïcode.yaml", odd));
        ledger.apply(0, List.of(new Change.PutDomain(odds)));
        Domain stored = ledger.domain(odds.name()).orElseThrow();
        assertEquals(odds, stored);
        assertArrayEquals(odd, stored.source().bytes());
    }

    @Test
    void refusesAChangeSetMadeForAnotherRevision() {
        declare();
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> ledger.apply(0, List.of(new Change.PutDomain(domain("late")))));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertEquals(1, ledger.revision());
        assertEquals(Optional.empty(), ledger.domain(domain("late").name()));
    }

    @Test
    void appliesAllOrNothing() {
        List<Change> changes =
                List.of(
                        new Change.PutDomain(domain("sales")),
                        new Change.PutProduct(product(ORDERS, "1.0.0")),
                        new Change.DeleteDomain(domain("nowhere").name()));
        Problem problem = assertThrows(Problem.class, () -> ledger.apply(0, changes));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
        assertEquals(0, ledger.revision());
        assertEquals(List.of(), ledger.domains());
        assertEquals(List.of(), ledger.products());
    }

    @Test
    void keepsEveryContractVersionNewestFirst() {
        declare();
        ledger.apply(1, List.of(new Change.PutProduct(product(ORDERS, "1.1.0"))));
        ledger.apply(2, List.of(new Change.PutProduct(product(ORDERS, "1.1.0"))));
        ledger.apply(3, List.of(new Change.PutProduct(product(ORDERS, "2.0.0"))));
        List<ContractVersion> versions = ledger.contractVersions(ORDERS);
        assertEquals(
                List.of("2.0.0", "1.1.0", "1.0.0"),
                versions.stream().map(ContractVersion::version).toList());
        assertEquals(NOON.instant(), versions.getFirst().appliedAt());
        assertEquals(product(ORDERS, "1.1.0").contract().source(), versions.get(1).source());
        assertEquals(versions.get(1).source().digest(), versions.get(1).digest());
        assertEquals("2.0.0", ledger.product(ORDERS).orElseThrow().contract().version());
    }

    @Test
    void aDomainWithProductsIsNotDeleted() {
        declare();
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                ledger.apply(
                                        1,
                                        List.of(new Change.DeleteDomain(domain("sales").name()))));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertTrue(problem.message().contains("orders"), problem.message());
    }

    @Test
    void aProductIsDeletedAndItsTableRemembered() {
        declare();
        ledger.apply(
                1,
                List.of(
                        new Change.DeleteProduct(ORDERS),
                        new Change.DeleteDomain(domain("sales").name())));
        assertEquals(Optional.empty(), ledger.product(ORDERS));
        assertEquals(List.of(ORDERS), ledger.removedProducts());
        List<Change> again =
                List.of(
                        new Change.PutDomain(domain("sales")),
                        new Change.PutProduct(product(ORDERS, "1.0.0")));
        assertEquals(
                ProblemCode.CONFLICT,
                assertThrows(Problem.class, () -> ledger.apply(2, again)).code());
        ledger.forgetRemoved(ORDERS);
        ledger.apply(2, again);
        assertEquals(List.of(), ledger.removedProducts());
        assertTrue(ledger.product(ORDERS).isPresent());
    }

    @Test
    void aProductBeingPublishedIsNotDeleted() {
        declare();
        ledger.begin(prepared("r1", ORDERS, 0));
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> ledger.apply(1, List.of(new Change.DeleteProduct(ORDERS))));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertTrue(ledger.product(ORDERS).isPresent());
    }

    @Test
    void aRunGoesFromPreparedToItsOutcome() {
        Run begun = prepared("r1", ORDERS, 0);
        ledger.begin(begun);
        assertEquals(Optional.of(begun), ledger.run("r1"));
        assertEquals(List.of(begun), ledger.unfinishedRuns());
        Run read = begun.withInputs(List.of(input("c.csv")));
        ledger.update(read);
        assertEquals(Optional.of(read), ledger.run("r1"));
        Run done = committed(read, 1, Long.MIN_VALUE);
        ledger.update(done);
        assertEquals(Optional.of(done), ledger.run("r1"));
        assertEquals(List.of(), ledger.unfinishedRuns());
    }

    @Test
    void aFinishedRunDoesNotChangeAgain() {
        Run begun = prepared("r1", ORDERS, 0);
        Run refused = ended(begun, Run.State.REFUSED, "{}");
        ledger.begin(begun);
        ledger.update(refused);
        ledger.update(refused);
        Problem problem = assertThrows(Problem.class, () -> ledger.update(committed(begun, 1, 7)));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertEquals(Optional.of(refused), ledger.run("r1"));
    }

    @Test
    void aRunThatNeverBeganIsNotUpdated() {
        Problem problem =
                assertThrows(Problem.class, () -> ledger.update(prepared("none", ORDERS, 0)));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
    }

    @Test
    void aRunBeginsOnce() {
        ledger.begin(prepared("r1", ORDERS, 0));
        Problem problem = assertThrows(Problem.class, () -> ledger.begin(prepared("r1", STOCK, 1)));
        assertEquals(ProblemCode.CONFLICT, problem.code());
    }

    @Test
    void aReleaseNumberIsGivenOncePerProduct() {
        ledger.begin(prepared("r1", ORDERS, 0));
        ledger.begin(prepared("r2", ORDERS, 1));
        ledger.begin(prepared("r3", STOCK, 2));
        ledger.update(committed(prepared("r1", ORDERS, 0), 1, 7));
        ledger.update(committed(prepared("r3", STOCK, 2), 1, 9));
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> ledger.update(committed(prepared("r2", ORDERS, 1), 1, 8)));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertEquals(List.of("r2"), ids(ledger.unfinishedRuns()));
    }

    @Test
    void listsRunsNewestFirstAndReleasesHighestFirst() {
        for (int minute = 1; minute <= 12; minute++) {
            Run begun = prepared("r" + minute, ORDERS, minute);
            ledger.begin(begun);
            ledger.update(
                    minute % 3 == 0
                            ? ended(begun, Run.State.FAILED, "{\"reason\":\"x\"}")
                            : committed(begun, minute - minute / 3, minute));
        }
        ledger.begin(prepared("other", STOCK, 99));
        assertEquals(List.of("r12", "r11", "r10"), ids(ledger.runs(ORDERS, 3)));
        assertEquals(12, ledger.runs(ORDERS, 100).size());
        List<Run> releases = ledger.releases(ORDERS);
        assertEquals(
                List.of(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L),
                releases.stream().map(run -> run.release().orElseThrow()).toList());
        assertEquals(2, releases.getFirst().inputs().size());
    }

    @Test
    void listsUnfinishedRunsOldestFirst() {
        ledger.begin(prepared("late", ORDERS, 5));
        ledger.begin(prepared("early", STOCK, 1));
        assertEquals(List.of("early", "late"), ids(ledger.unfinishedRuns()));
        assertEquals(START.plusSeconds(60), ledger.unfinishedRuns().getFirst().startedAt());
    }

    @Test
    void rollbacksAreRecordedAndConfirmed() {
        Rollback first = new Rollback(ORDERS, 3, 1, START, "anna", false);
        Rollback second = new Rollback(ORDERS, 4, 3, START.plusSeconds(1), "ben", false);
        ledger.record(first);
        ledger.record(first.confirmed());
        ledger.record(second);
        assertEquals(List.of(second, first.confirmed()), ledger.rollbacks(ORDERS));
        assertEquals(List.of(), ledger.rollbacks(STOCK));
    }

    @Test
    void aRemovalIsRecordedUntilItsEnd() {
        Removal first =
                new Removal(
                        "e1",
                        ORDERS,
                        Removal.Kind.ERASURE,
                        Removal.State.PREPARED,
                        "olga",
                        START,
                        true,
                        List.of(
                                new Removal.Gone(
                                        7, Optional.empty(), OptionalLong.of(1), "r1", false),
                                new Removal.Gone(
                                        -8, Optional.of(7L), OptionalLong.empty(), "", true)),
                        List.of(new StoredFile("file:///a b/c.parquet", 12)),
                        3,
                        0,
                        0);
        ledger.record(first);
        assertEquals(List.of(first), ledger.unfinishedRemovals());
        Removal more = first.with(List.of(first.snapshots().getFirst()), List.of());
        ledger.record(more);
        assertEquals(List.of(more), ledger.removals(ORDERS));
        Removal done = more.ended(Removal.State.DONE, 1, 12);
        ledger.record(done);
        assertEquals(List.of(), ledger.unfinishedRemovals());
        assertEquals(List.of(done), ledger.removals(ORDERS));
        assertEquals(List.of(), ledger.removals(STOCK));
        assertTrue(done.tookRelease(1));
        assertFalse(done.tookRelease(2));
        assertFalse(more.ended(Removal.State.ABANDONED, 0, 0).tookRelease(1));
    }

    @Test
    void knowsWhetherAProductWasEverReleased() {
        ledger.begin(prepared("r1", ORDERS, 0));
        assertFalse(ledger.hasRelease(ORDERS));
        ledger.update(committed(prepared("r1", ORDERS, 0), 1, 7));
        assertTrue(ledger.hasRelease(ORDERS));
        assertFalse(ledger.hasRelease(STOCK));
    }

    @Test
    void ofManyAtOnceExactlyOneAppliesAtARevision() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Change change = new Change.PutDomain(domain("d" + i));
            attempts.add(() -> applied(change));
        }
        assertEquals(1, count(attempts));
        assertEquals(1, ledger.revision());
        assertEquals(1, ledger.domains().size());
    }

    @Test
    void manyRunsBeginAndEndAtOnce() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            Run begun = prepared("r" + i, ORDERS, i);
            Run done = committed(begun, i, i);
            attempts.add(() -> {
                ledger.begin(begun);
                ledger.update(done);
                return true;
            });
        }
        assertEquals(40, count(attempts));
        assertEquals(40, ledger.releases(ORDERS).size());
    }

    private boolean applied(Change change) {
        try {
            ledger.apply(0, List.of(change));
            return true;
        } catch (Problem problem) {
            assertEquals(ProblemCode.CONFLICT, problem.code(), problem.message());
            return false;
        }
    }

    private static int count(List<Callable<Boolean>> attempts) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int succeeded = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                succeeded += attempt.get() ? 1 : 0;
            }
            return succeeded;
        }
    }

    private static List<String> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }
}
