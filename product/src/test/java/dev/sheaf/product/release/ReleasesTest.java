package dev.sheaf.product.release;

import static dev.sheaf.product.ledger.LedgerSamples.ORDERS;
import static dev.sheaf.product.ledger.LedgerSamples.domain;
import static dev.sheaf.product.ledger.LedgerSamples.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Ledger.Change;
import dev.sheaf.product.Ledger.Rollback;
import dev.sheaf.product.Run;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.ledger.LedgerSamples;
import dev.sheaf.product.release.Release.Standing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class ReleasesTest {
    @TempDir private Path folder;

    private Ledger ledger;
    private Lake lake;
    private Published published;
    private Releases releases;

    @BeforeEach
    void open() {
        ledger =
                JdbcLedger.onSqlite(
                        folder.resolve("ledger.db"), LedgerSamples::read, Clock.systemUTC());
        ledger.apply(
                0,
                List.of(
                        new Change.PutDomain(domain("sales")),
                        new Change.PutProduct(product(ORDERS, "1.0.0"))));
        lake = LakeFolder.open(folder);
        published = new Published(ledger, lake, folder);
        releases = new Releases(ledger, lake, LedgerSamples::read, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        lake.close();
        ledger.close();
    }

    private List<Standing> standings() {
        return releases.history(ORDERS).stream().map(Release::standing).toList();
    }

    private Optional<Long> resolved(When when) {
        return releases.resolve(ORDERS, when).map(Releases.Resolved::release);
    }

    @Test
    void aProductThatWasNeverPublishedHasNone() {
        assertEquals(List.of(), releases.history(ORDERS));
        assertEquals(Optional.empty(), releases.current(ORDERS));
        assertEquals(Optional.empty(), resolved(new When.Now()));
        published.table();
        assertEquals(List.of(), releases.history(ORDERS));
        assertEquals(Optional.empty(), resolved(new When.Now()));
    }

    @Test
    void aProductThatIsNotThereIsNotFoundAndNotResolved() {
        ProductName none = ProductName.parse("sales.none");
        Problem problem = assertThrows(Problem.class, () -> releases.history(none));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
        assertEquals(Optional.empty(), releases.resolve(none, new When.Now()));
    }

    @Test
    void listsReleasesHighestFirstWithWhatTheLedgerKnows() {
        Run first = published.release(1);
        Run second = published.release(2);
        List<Release> history = releases.history(ORDERS);
        assertEquals(List.of(2L, 1L), history.stream().map(Release::number).toList());
        assertEquals(List.of(Standing.CURRENT, Standing.EARLIER), standings());
        Release newest = history.getFirst();
        assertEquals(second.snapshotId(), OptionalLong.of(newest.snapshotId()));
        assertEquals(OptionalLong.of(1), newest.parent());
        assertEquals(second.id(), newest.runId());
        assertEquals(Optional.of("anna"), newest.publishedBy());
        assertEquals(OptionalLong.of(8), newest.rowsAdded());
        assertEquals(OptionalLong.of(2), newest.rowsQuarantined());
        assertEquals(Optional.of(0.975), newest.score());
        assertEquals("1.0.0", newest.contractVersion());
        assertEquals(first.id(), history.getLast().runId());
    }

    @Test
    void aReleaseThatTheLedgerHasNotHeardOfIsOneAllTheSame() {
        published.release(1);
        published.commit(2);
        Release newest = releases.current(ORDERS).orElseThrow();
        assertEquals(2, newest.number());
        assertEquals(Optional.empty(), newest.publishedBy());
        assertEquals(Optional.of(2L), resolved(new When.Now()));
    }

    @Test
    void travelsByNumberAndByInstant() throws InterruptedException {
        Instant before = Instant.now();
        Thread.sleep(5);
        published.release(1);
        Thread.sleep(5);
        Instant between = Instant.now();
        Thread.sleep(5);
        published.release(2);
        assertEquals(Optional.empty(), resolved(new When.At(before)));
        assertEquals(Optional.of(1L), resolved(new When.At(between)));
        assertEquals(Optional.of(2L), resolved(new When.At(Instant.now())));
        assertEquals(Optional.of(1L), resolved(new When.Number(1)));
        assertEquals(Optional.empty(), resolved(new When.Number(3)));
    }

    @Test
    void rollsBackWithoutLosingHistory() throws InterruptedException {
        published.release(1);
        published.release(2);
        published.release(3);
        Thread.sleep(5);
        Instant beforeRollback = Instant.now();
        Thread.sleep(5);
        Release current = releases.rollback(ORDERS, 1, "ben");
        assertEquals(1, current.number());
        assertEquals(
                List.of(Standing.ROLLED_BACK, Standing.ROLLED_BACK, Standing.CURRENT), standings());
        assertEquals(Optional.of(1L), resolved(new When.Now()));
        assertEquals(Optional.of(3L), resolved(new When.Number(3)));
        assertEquals(Optional.of(3L), resolved(new When.At(beforeRollback)));
        Rollback recorded = ledger.rollbacks(ORDERS).getFirst();
        assertEquals(3, recorded.from());
        assertEquals(1, recorded.to());
        assertEquals("ben", recorded.by());
        assertTrue(recorded.isConfirmed());
    }

    @Test
    void aPublishAfterARollbackBuildsOnTheReleaseThatIsCurrentThen() {
        published.release(1);
        published.release(2);
        releases.rollback(ORDERS, 1, "ben");
        published.release(3);
        assertEquals(
                List.of(Standing.CURRENT, Standing.ROLLED_BACK, Standing.EARLIER), standings());
        assertEquals(OptionalLong.of(1), releases.release(ORDERS, 3).parent());
        releases.rollback(ORDERS, 2, "ben");
        assertEquals(
                List.of(Standing.ROLLED_BACK, Standing.CURRENT, Standing.EARLIER), standings());
    }

    @Test
    void rollingBackToTheCurrentReleaseChangesNothing() {
        published.release(1);
        assertEquals(1, releases.rollback(ORDERS, 1, "ben").number());
        assertEquals(List.of(), ledger.rollbacks(ORDERS));
    }

    @Test
    void aReleaseThatIsNotThereIsNotFoundAndTheRangeIsNamed() {
        published.release(1);
        published.release(2);
        Problem problem = assertThrows(Problem.class, () -> releases.rollback(ORDERS, 9, "ben"));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
        assertTrue(problem.message().contains("it has 1 to 2"), problem.message());
    }

    @Test
    void aReleaseIsServedUnderTheContractItWasPublishedUnder() {
        published.release(1);
        ledger.apply(1, List.of(new Change.PutProduct(product(ORDERS, "2.0.0"))));
        assertEquals("1.0.0", releases.current(ORDERS).orElseThrow().contractVersion());
        Releases counting =
                new Releases(
                        ledger,
                        lake,
                        (name, descriptor, contract) -> {
                            assertEquals("1.0.0", new String(contract.bytes()));
                            return LedgerSamples.read(name, descriptor, contract);
                        },
                        Clock.systemUTC());
        assertTrue(counting.resolve(ORDERS, new When.Now()).isPresent());
        published.release(2);
        assertEquals("2.0.0", releases.current(ORDERS).orElseThrow().contractVersion());
    }
}
