package dev.sheaf.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.EngineProblem.Kind;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Life and death of sessions and their workers.
@Timeout(60)
final class WorkerEngineTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000) c"
                    + " WHERE a.range * b.range % 7 = c.range";

    @TempDir Path scratch;
    private WorkerEngine engine;

    @BeforeEach
    void open() {
        engine = new WorkerEngine(EngineFixture.config());
    }

    @AfterEach
    void closeAndLeaveNothing() throws InterruptedException {
        engine.close();
        assertTrue(EngineFixture.eventually(() -> EngineFixture.workers().isEmpty()));
    }

    @Test
    void answersAndIsUsedAgain() {
        for (int i = 0; i < 3; i++) {
            try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
                assertEquals(42, session.query("SELECT 42").onlyLong());
            }
        }
        assertEquals(1, EngineFixture.workers().size());
    }

    @Test
    void startsQuicklyAndStaysSmall() throws Exception {
        long begin = System.nanoTime();
        ProcessHandle worker;
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            long readyMillis = (System.nanoTime() - begin) / 1_000_000;
            worker = EngineFixture.onlyWorker();
            begin = System.nanoTime();
            session.query("SELECT 1");
            long firstMillis = (System.nanoTime() - begin) / 1_000_000;
            begin = System.nanoTime();
            try (ArrowResult rows = session.stream("SELECT 1", EngineFixture.LONG)) {
                rows.next();
            }
            System.err.printf(
                    "ready %d ms, first query %d ms, first stream %d ms, resident %d KiB, addresses"
                            + " %d KiB%n",
                    readyMillis,
                    firstMillis,
                    (System.nanoTime() - begin) / 1_000_000,
                    EngineFixture.statusKib(worker, "VmRSS"),
                    EngineFixture.statusKib(worker, "VmPeak"));
            assertTrue(readyMillis < 5000, "ready after " + readyMillis + " ms");
        }
        assertTrue(EngineFixture.statusKib(worker, "VmRSS") < 200 << 10);
    }

    @Test
    void twoSessionsRunAtOnceAndAThirdIsToldToWait() {
        SessionSpec spec = EngineFixture.query(scratch);
        try (EngineSession one = engine.open(spec);
                EngineSession two = engine.open(spec)) {
            one.execute("CREATE TEMP TABLE t AS SELECT 1 x");
            assertEquals(1, one.query("SELECT x FROM t").onlyLong());
            assertEquals(
                    Kind.INVALID_SQL,
                    assertThrows(EngineProblem.class, () -> two.query("FROM t")).kind());
            Problem busy = assertThrows(Problem.class, () -> engine.open(spec));
            assertEquals(ProblemCode.BUSY, busy.code());
        }
        engine.open(spec).close();
    }

    @Test
    void publishesDoNotWaitForQueries() {
        try (EngineSession one = engine.open(EngineFixture.query(scratch));
                EngineSession two = engine.open(EngineFixture.query(scratch));
                EngineSession three = engine.open(EngineFixture.publish(scratch, scratch))) {
            assertEquals(1, three.query("SELECT 1").onlyLong());
            assertEquals(1, two.query("SELECT 1").onlyLong());
            assertEquals(1, one.query("SELECT 1").onlyLong());
        }
    }

    @Test
    void aKilledWorkerEndsItsSessionOnly() throws Exception {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            CompletableFuture<Rows> endless =
                    CompletableFuture.supplyAsync(() -> session.query(ENDLESS));
            Thread.sleep(100);
            EngineFixture.onlyWorker().destroyForcibly();
            assertEquals(Kind.WORKER_DIED, problem(endless).kind());
        }
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            assertEquals(7, session.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void anEndlessStatementIsCancelledAndTheSessionGoesOn() throws Exception {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            ProcessHandle worker = EngineFixture.onlyWorker();
            CompletableFuture<Rows> endless =
                    CompletableFuture.supplyAsync(() -> session.query(ENDLESS));
            Thread.sleep(200);
            session.cancel();
            assertEquals(Kind.CANCELLED, problem(endless).kind());
            assertEquals(7, session.query("SELECT 7").onlyLong());
            assertEquals(worker, EngineFixture.onlyWorker());
        }
    }

    @Test
    void aStreamEndsAtItsTimeout() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            EngineProblem problem =
                    assertThrows(
                            EngineProblem.class,
                            () -> session.stream(ENDLESS, Duration.ofMillis(200)));
            assertEquals(Kind.TIMED_OUT, problem.kind());
            assertEquals(7, session.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void aMemoryHogEndsOnlyItsOwnSession() {
        SessionSpec spec = EngineFixture.query(scratch);
        try (EngineSession neighbour = engine.open(spec)) {
            try (EngineSession hog = engine.open(spec)) {
                EngineProblem problem =
                        assertThrows(
                                EngineProblem.class,
                                () -> hog.query("SELECT len(range(3000000000))"));
                assertEquals(Kind.OUT_OF_MEMORY, problem.kind(), problem.message());
            }
            assertEquals(7, neighbour.query("SELECT 7").onlyLong());
        }
        try (EngineSession next = engine.open(spec)) {
            assertEquals(7, next.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void workBeyondMemorySpillsToScratchAndLeavesNothing() throws Exception {
        SessionSpec small =
                new SessionSpec(
                        SessionSpec.Purpose.QUERY,
                        dev.sheaf.kernel.ByteSize.ofMebibytes(160),
                        2,
                        scratch,
                        java.util.List.of(),
                        java.util.List.of());
        try (EngineSession session = engine.open(small)) {
            assertEquals(
                    3_000_000,
                    session.query(
                                    "SELECT count(*) FROM (SELECT DISTINCT md5(i::VARCHAR) FROM"
                                            + " range(3000000) t(i))")
                            .onlyLong());
        }
        engine.close();
        assertTrue(EngineFixture.eventually(() -> scratch.toFile().list().length == 0));
    }

    @Test
    void progressIsReported() throws Exception {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            CompletableFuture<Rows> endless =
                    CompletableFuture.supplyAsync(() -> session.query(ENDLESS));
            assertTrue(EngineFixture.eventually(() -> session.progress() >= 0));
            session.cancel();
            assertEquals(Kind.CANCELLED, problem(endless).kind());
        }
    }

    @Test
    void idleWorkersEnd() throws Exception {
        EngineConfig brief =
                EngineFixture.config()
                        .withTimes(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(200));
        try (WorkerEngine other = new WorkerEngine(brief)) {
            other.open(EngineFixture.query(scratch)).close();
            assertFalse(EngineFixture.workers().isEmpty());
            assertTrue(EngineFixture.eventually(() -> EngineFixture.workers().isEmpty()));
        }
    }

    @Test
    void resultsTooLargeToHoldAreRefusedAndTheSessionGoesOn() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () -> session.query("SELECT repeat('x', 1000) FROM range(200000)"));
            assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
            assertEquals(7, session.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void parsesAndRendersWithoutRunning() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            String tree = session.parse("SELECT 'it''s' AS a FROM nowhere");
            assertTrue(tree.contains("nowhere"), tree);
            assertTrue(session.render(tree).contains("it''s"), session.render(tree));
        }
    }

    private static EngineProblem problem(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineProblem problem) {
                return problem;
            }
            throw new AssertionError(e);
        }
        throw new AssertionError("no problem");
    }
}
