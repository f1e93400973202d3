package dev.sheaf.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.EngineProblem.Kind;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// Streamed results.
@Timeout(60)
final class StreamTest {
    @TempDir static Path scratch;
    private static WorkerEngine engine;

    @BeforeAll
    static void open() {
        engine = new WorkerEngine(EngineFixture.config());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void allRowsArriveInOrder() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch));
                ArrowResult result =
                        session.stream("SELECT i FROM range(100000) t(i)", EngineFixture.LONG)) {
            long expected = 0;
            while (result.next()) {
                for (int row = 0; row < result.batch().getRowCount(); row++) {
                    assertEquals(expected++, result.batch().getVector(0).getObject(row));
                }
            }
            assertEquals(100_000, expected);
            assertFalse(result.next());
        }
    }

    @Test
    void anEmptyResultHasASchema() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch));
                ArrowResult result =
                        session.stream("SELECT 1 AS a WHERE false", EngineFixture.LONG)) {
            assertEquals("a", result.schema().getFields().getFirst().getName());
            assertFalse(result.next());
        }
    }

    @Test
    void theReasonOfAFailureBeforeTheFirstRowIsNotLost() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            EngineProblem problem =
                    assertThrows(
                            EngineProblem.class,
                            () -> session.stream("SELECT 'abc'::INT", EngineFixture.LONG));
            assertEquals(Kind.DATA, problem.kind());
            assertTrue(problem.message().contains("Conversion Error"), problem.message());
            assertEquals(7, session.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void aFailureInTheMiddleEndsTheResultOnly() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            try (ArrowResult result =
                    session.stream(
                            "SELECT CASE WHEN i = 2900000 THEN error('late') ELSE i END FROM"
                                    + " range(3000000) t(i)",
                            EngineFixture.LONG)) {
                EngineProblem problem =
                        assertThrows(
                                EngineProblem.class,
                                () -> {
                                    while (result.next()) {
                                        // to the failing row
                                    }
                                });
                assertEquals(Kind.DATA, problem.kind());
                assertTrue(problem.message().startsWith("Invalid Input Error: late"));
            }
            assertEquals(7, session.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void aSlowReaderHoldsTheWorkerBack() throws Exception {
        try (EngineSession session = engine.open(EngineFixture.query(scratch));
                ArrowResult result =
                        session.stream(
                                "SELECT i, md5(i::VARCHAR) FROM range(50000000) t(i)",
                                EngineFixture.LONG)) {
            ProcessHandle worker = EngineFixture.workers().getFirst();
            for (int i = 0; i < 20; i++) {
                assertTrue(result.next());
                Thread.sleep(50);
            }
            long residentKib = EngineFixture.statusKib(worker, "VmRSS");
            assertTrue(residentKib < 350 << 10, "worker holds " + residentKib + " KiB");
        }
    }

    @Test
    void closingEarlyLeavesAUsableSession() {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            for (int i = 0; i < 5; i++) {
                try (ArrowResult result =
                        session.stream(
                                "SELECT i, md5(i::VARCHAR) FROM range(50000000) t(i)",
                                EngineFixture.LONG)) {
                    assertTrue(result.next());
                }
            }
            assertEquals(7, session.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void closingFromAnotherThreadEndsTheReader() throws Exception {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            ArrowResult result =
                    session.stream(
                            "SELECT i FROM range(10000000000) t(i) WHERE i < 20000000 OR i % 7919 ="
                                    + " -1",
                            EngineFixture.LONG);
            CompletableFuture<Kind> reader =
                    CompletableFuture.supplyAsync(() ->
                            assertThrows(
                                            EngineProblem.class,
                                            () -> {
                                                while (result.next()) {
                                                    // until it is taken away
                                                }
                                            })
                                    .kind());
            Thread.sleep(300);
            result.close();
            assertEquals(Kind.CANCELLED, reader.get());
            assertEquals(7, session.query("SELECT 7").onlyLong());
        }
    }
}
