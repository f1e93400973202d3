package dev.sheaf.node.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.LinkFaults.Direction;
import dev.sheaf.node.links.PeerChannel;
import dev.sheaf.node.links.PeerPair;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Sub-queries between two regions over real connections with mutual TLS.
@Timeout(60)
final class FlightTest {
    private static final SubQuery QUERY =
            new SubQuery(
                    "q-1/1",
                    "SELECT \"n\" FROM a.b WHERE t = 'naïve 漢字'",
                    "secret-token",
                    "churn",
                    "rev-1",
                    Duration.ofSeconds(50),
                    OptionalLong.of(7),
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @TempDir Path folder = Path.of("");
    private final SubQueryServer server = new SubQueryServer();
    private final Map<String, CountDownLatch> cancelled = new ConcurrentHashMap<>();
    private PeerPair pair = RunningPair.none();
    private FlightRegions regions = new FlightRegions(_ -> Optional.empty());

    @BeforeEach
    void open() throws IOException {
        pair = new PeerPair(folder, server);
        regions = over(pair.channel());
    }

    @AfterEach
    void close() throws Exception {
        regions.close();
        pair.close();
        server.close();
    }

    private static FlightRegions over(PeerChannel channel) {
        return new FlightRegions(
                region -> Optional.of(channel).filter(known -> known.peer().equals(region)));
    }

    private void serve(Answers answers) {
        server.serve(
                new SubQueryHandler() {
                    @Override
                    public SubQueryPlan explain(RegionName coordinator, SubQuery query) {
                        throw new Problem(ProblemCode.NOT_FOUND, "there is no product here");
                    }

                    @Override
                    public ArrowResult run(
                            RegionName coordinator, SubQuery query, BooleanSupplier isGone) {
                        return answers.run(coordinator, query);
                    }

                    @Override
                    public void cancel(RegionName coordinator, String id) {
                        cancelled.computeIfAbsent(id, _ -> new CountDownLatch(1)).countDown();
                    }
                });
    }

    private interface Answers {
        ArrowResult run(RegionName coordinator, SubQuery query);
    }

    private ArrowResult run() {
        return regions.run(PeerPair.CALLED, QUERY);
    }

    private static long readAll(ArrowResult rows) {
        long expected = 0;
        while (rows.next()) {
            BigIntVector numbers = (BigIntVector) rows.batch().getVector(0);
            for (int i = 0; i < rows.batch().getRowCount(); i++) {
                assertEquals(expected++, numbers.get(i));
            }
        }
        return expected;
    }

    @Test
    void rowsArriveInOrderAndTheTicketAsItWasSent() {
        CompletableFuture<SubQuery> asked = new CompletableFuture<>();
        CompletableFuture<RegionName> asking = new CompletableFuture<>();
        NumberRows made = new NumberRows(500, _ -> {});
        serve((coordinator, query) -> {
            asked.complete(query);
            asking.complete(coordinator);
            return made;
        });
        try (ArrowResult rows = run()) {
            assertEquals("n", rows.schema().getFields().getFirst().getName());
            assertEquals(500_000, readAll(rows));
            assertFalse(rows.next());
        }
        assertEquals(QUERY, asked.join());
        assertEquals(PeerPair.CALLER, asking.join());
        assertFalse(QUERY.toString().contains("secret-token"));
    }

    @Test
    void noRowsHaveASchema() {
        serve((_, _) -> new NumberRows(0, _ -> {}));
        try (ArrowResult rows = run()) {
            assertEquals("n", rows.schema().getFields().getFirst().getName());
            assertFalse(rows.next());
        }
    }

    @Test
    void aPlanArrivesAsItWasMade() {
        SubQueryPlan plan =
                new SubQueryPlan(
                        List.of(
                                new SubQueryPlan.Table(
                                        ProductName.parse("sales.orders"),
                                        7,
                                        OptionalLong.of(12),
                                        OptionalLong.empty(),
                                        List.of("email: partial"),
                                        true,
                                        "may go",
                                        "rev",
                                        false)),
                        OptionalLong.of(3));
        assertEquals(plan, WireJson.readPlan(WireJson.plan(plan)));
        serve((_, _) -> new NumberRows(0, _ -> {}));
        Problem told = assertThrows(Problem.class, () -> regions.explain(PeerPair.CALLED, QUERY));
        assertEquals(ProblemCode.NOT_FOUND, told.code());
        assertEquals("azure/westeurope: there is no product here", told.message());
    }

    @Test
    void whatTheRegionRefusesIsToldWithItsName() {
        serve((_, _) -> {
            throw new Problem(ProblemCode.FORBIDDEN, "you may not read a.b: naïve 漢字");
        });
        Problem told = assertThrows(Problem.class, this::run);
        assertEquals(ProblemCode.FORBIDDEN, told.code());
        assertEquals("azure/westeurope: you may not read a.b: naïve 漢字", told.message());
    }

    @Test
    void aLongReasonIsCutRatherThanLost() {
        serve((_, _) -> {
            throw new Problem(ProblemCode.INVALID_SQL, "漢".repeat(50_000));
        });
        Problem told = assertThrows(Problem.class, this::run);
        assertEquals(ProblemCode.INVALID_SQL, told.code());
        assertTrue(told.message().length() > 600, told.message());
    }

    @Test
    void aFaultOfTheRegionIsToldWithoutItsText() {
        serve((_, _) -> {
            throw new IllegalStateException("value 4711 of a row");
        });
        Problem told = assertThrows(Problem.class, this::run);
        assertEquals(ProblemCode.INTERNAL, told.code());
        assertFalse(told.message().contains("4711"), told.message());
    }

    @Test
    void aFailureInTheMiddleIsToldAfterTheRowsBefore() throws InterruptedException {
        NumberRows made =
                new NumberRows(
                        100,
                        number -> {
                            if (number == 50) {
                                throw new Problem(ProblemCode.LIMIT_EXCEEDED, "too many rows");
                            }
                        });
        serve((_, _) -> made);
        try (ArrowResult rows = run()) {
            Problem told = assertThrows(Problem.class, () -> readAll(rows));
            assertEquals(ProblemCode.LIMIT_EXCEEDED, told.code());
            assertTrue(told.message().startsWith("azure/westeurope"), told.message());
        }
        assertTrue(made.closed.await(20, TimeUnit.SECONDS));
    }

    @Test
    void closingEarlyCancelsInTheRegion() throws InterruptedException {
        NumberRows made = new NumberRows(Integer.MAX_VALUE, _ -> {});
        serve((_, _) -> made);
        try (ArrowResult rows = run()) {
            assertTrue(rows.next());
        }
        assertTrue(made.closed.await(20, TimeUnit.SECONDS));
        assertTrue(latch().await(20, TimeUnit.SECONDS));
    }

    @Test
    void closingFromAnotherThreadWakesTheReader() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        NumberRows made = new NumberRows(3, number -> stallAt(3, number, never));
        serve((_, _) -> made);
        ArrowResult rows = run();
        for (int i = 0; i < 3; i++) {
            assertTrue(rows.next());
        }
        CountDownLatch waits = new CountDownLatch(1);
        CompletableFuture<ProblemCode> reader =
                CompletableFuture.supplyAsync(() -> {
                    waits.countDown();
                    return assertThrows(Problem.class, rows::next).code();
                });
        waits.await();
        rows.close();
        assertEquals(ProblemCode.CANCELLED, reader.join());
        assertTrue(latch().await(20, TimeUnit.SECONDS));
        never.countDown();
    }

    @Test
    void aSlowReaderHoldsTheRegionBack() throws InterruptedException {
        NumberRows made = new NumberRows(100_000, _ -> {});
        serve((_, _) -> made);
        try (ArrowResult rows = run()) {
            assertTrue(rows.next());
            int before;
            do {
                before = made.made.get();
                Thread.sleep(300);
            } while (made.made.get() != before);
            assertTrue(before < 2000, before + " batches were made for a reader of one");
        }
    }

    @Test
    void aRegionThatDiesInTheMiddleIsNamed() {
        NumberRows made =
                new NumberRows(
                        1000,
                        number -> {
                            if (number == 200) {
                                pair.kill();
                            }
                        });
        serve((_, _) -> made);
        try (ArrowResult rows = run()) {
            Problem told = assertThrows(Problem.class, () -> readAll(rows));
            assertEquals(ProblemCode.UNAVAILABLE, told.code());
            assertTrue(told.message().contains("azure/westeurope"), told.message());
        }
        Problem told = assertThrows(Problem.class, this::run);
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        assertTrue(told.message().contains("azure/westeurope"), told.message());
    }

    @Test
    void whoIsDismissedInTheMiddleHearsTheEndOfNothing() throws InterruptedException {
        NumberRows made =
                new NumberRows(
                        100_000,
                        number -> {
                            if (number == 200) {
                                pair.dismiss();
                            }
                        });
        serve((_, _) -> made);
        try (ArrowResult rows = run()) {
            Problem told = assertThrows(Problem.class, () -> readAll(rows));
            assertTrue(told.message().contains("azure/westeurope"), told.message());
        }
        assertTrue(latch().await(20, TimeUnit.SECONDS), "the statement ends");
        assertTrue(made.made.get() < 100_000, "and no more is made");
    }

    @Test
    void aNetworkThatSwallowsEverythingIsNoticedAndTheRegionNamed() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        NumberRows made = new NumberRows(3, number -> stallAt(3, number, never));
        serve((_, _) -> made);
        try (ArrowResult rows = run()) {
            assertTrue(rows.next());
            pair.swallow(true);
            Problem told = assertThrows(Problem.class, () -> readAllOf(rows));
            assertEquals(ProblemCode.UNAVAILABLE, told.code());
            assertTrue(told.message().contains("azure/westeurope"), told.message());
        }
        Problem told = assertThrows(Problem.class, this::run);
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        // The region notices too, and ends the statement.
        assertTrue(latch().await(30, TimeUnit.SECONDS));
        never.countDown();
    }

    @Test
    void aStatementThatIsQuietForLongIsNotTakenForDead() {
        CountDownLatch slow = new CountDownLatch(1);
        NumberRows made =
                new NumberRows(
                        2,
                        number -> {
                            if (number == 1) {
                                await(slow, 2500);
                            }
                        });
        serve((_, _) -> made);
        try (ArrowResult rows = run()) {
            assertEquals(2000, readAll(rows));
        }
    }

    @Test
    void aCutLinkAnswersAsABlackHoleUntilItIsHealed() {
        serve((_, _) -> new NumberRows(1, _ -> {}));
        pair.callerFaults().cut(PeerPair.CALLED, Direction.OUT);
        assertGone();
        pair.callerFaults().healAll();
        assertWorks();
        pair.calledFaults().cut(PeerPair.CALLER, Direction.OUT);
        assertGone();
        pair.calledFaults().healAll();
        assertWorks();
    }

    @Test
    void aCutInTheMiddleLosesTheCall() {
        serve((_, _) ->
                new NumberRows(
                        Integer.MAX_VALUE,
                        number -> {
                            if (number == 5) {
                                pair.calledFaults().cut(PeerPair.CALLER, Direction.OUT);
                            }
                        }));
        try (ArrowResult rows = run()) {
            Problem told = assertThrows(Problem.class, () -> readAll(rows));
            assertEquals(ProblemCode.UNAVAILABLE, told.code());
        }
    }

    @Test
    void aDelayedLinkAnswersLater() {
        serve((_, _) -> new NumberRows(1, _ -> {}));
        assertWorks();
        pair.callerFaults()
                .delay(PeerPair.CALLED, Direction.OUT, Duration.ofMillis(150), Duration.ZERO);
        pair.calledFaults()
                .delay(PeerPair.CALLER, Direction.OUT, Duration.ofMillis(150), Duration.ZERO);
        long began = System.nanoTime();
        assertWorks();
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(tookMillis >= 300, tookMillis + " ms over a link of 300 ms");
    }

    @Test
    void whatTakesTooLongTimesOut() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        serve((_, _) -> new NumberRows(1, number -> stallAt(1, number, never)));
        SubQuery brief =
                new SubQuery(
                        QUERY.id(),
                        QUERY.sql(),
                        "",
                        "",
                        "",
                        Duration.ofMillis(300),
                        OptionalLong.empty(),
                        "");
        try (ArrowResult rows = regions.run(PeerPair.CALLED, brief)) {
            Problem told = assertThrows(Problem.class, () -> readAll(rows));
            assertEquals(ProblemCode.TIMED_OUT, told.code());
            assertTrue(told.message().contains("azure/westeurope"), told.message());
        }
        assertTrue(latch().await(20, TimeUnit.SECONDS));
        never.countDown();
    }

    @Test
    void membersThatAreNotExpectedAndForgersAreRefused() {
        serve((_, _) -> new NumberRows(1, _ -> {}));
        for (PeerChannel channel :
                List.of(
                        pair.channelOf(RegionName.parse("gcp/europe-west1")),
                        pair.channelOfForger())) {
            try (FlightRegions others = over(channel)) {
                Problem told =
                        assertThrows(Problem.class, () -> others.run(PeerPair.CALLED, QUERY));
                assertEquals(ProblemCode.UNAVAILABLE, told.code());
                assertTrue(told.message().contains("azure/westeurope"), told.message());
            }
        }
    }

    @Test
    void aRegionWithoutAWayIsNamed() {
        Problem told =
                assertThrows(
                        Problem.class,
                        () -> regions.run(RegionName.parse("gcp/europe-west1"), QUERY));
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        assertTrue(told.message().contains("gcp/europe-west1"), told.message());
    }

    @Test
    void aNodeThatIsStartingSaysSo() {
        Problem told = assertThrows(Problem.class, this::run);
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        assertTrue(told.message().contains("starting"), told.message());
    }

    private void assertWorks() {
        try (ArrowResult rows = run()) {
            assertEquals(1000, readAll(rows));
        }
    }

    private void assertGone() {
        Problem told = assertThrows(Problem.class, this::run);
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        assertTrue(told.message().contains("azure/westeurope"), told.message());
    }

    private CountDownLatch latch() {
        return cancelled.computeIfAbsent(QUERY.id(), _ -> new CountDownLatch(1));
    }

    private static void readAllOf(ArrowResult rows) {
        while (rows.next()) {
            assertTrue(rows.batch().getRowCount() > 0);
        }
    }

    private static void stallAt(int wanted, int number, CountDownLatch until) {
        if (number == wanted) {
            await(until, 40_000);
        }
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            if (latch.await(millis, TimeUnit.MILLISECONDS)) {
                throw new Problem(ProblemCode.CANCELLED, "the test is over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
