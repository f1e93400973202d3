package dev.sheaf.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.engine.EngineProblem.Kind;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Rows from elsewhere become a table of the session: all of them, or none.
@Timeout(120)
final class LoadTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    BOOLEAN                    | BOOLEAN                    | true
                    TINYINT                    | TINYINT                    | -128
                    USMALLINT                  | USMALLINT                  | 65535
                    INTEGER                    | INTEGER                    | -2147483648
                    UINTEGER                   | UINTEGER                   | 4294967295
                    BIGINT                     | BIGINT                     | -9223372036854775808
                    UBIGINT                    | UBIGINT                    | 18446744073709551615
                    HUGEINT                    | DECIMAL(38,0)              | 99999999999999999999999999999999999999
                    FLOAT                      | FLOAT                      | 0.1
                    DOUBLE                     | DOUBLE                     | 'nan'
                    DOUBLE                     | DOUBLE                     | '-infinity'
                    DECIMAL(4,1)               | DECIMAL(4,1)               | -999.9
                    DECIMAL(9,2)               | DECIMAL(9,2)               | 1234567.89
                    DECIMAL(18,3)              | DECIMAL(18,3)              | -123456789012345.678
                    DECIMAL(38,3)              | DECIMAL(38,3)              | 12345678901234567890123456789012345.678
                    VARCHAR                    | VARCHAR                    | 'naïve 漢字 😀'
                    VARCHAR                    | VARCHAR                    | ''
                    BLOB                       | BLOB                       | '\\x00\\xFFA'
                    UUID                       | VARCHAR                    | '0f0e0d0c-0b0a-4a4a-8a8a-010203040506'
                    DATE                       | DATE                       | '2024-02-29'
                    DATE                       | DATE                       | '0044-03-15 (BC)'
                    TIME                       | TIME                       | '23:59:59.999999'
                    TIMESTAMP                  | TIMESTAMP                  | '1969-12-31 23:59:59.999999'
                    TIMESTAMP_S                | TIMESTAMP_S                | '2024-02-29 01:02:03'
                    TIMESTAMP_NS               | TIMESTAMP_NS               | '2024-02-29 01:02:03.000000004'
                    TIMESTAMP WITH TIME ZONE   | TIMESTAMP WITH TIME ZONE   | '2024-02-29 01:02:03.000004+01:00'
                    INTERVAL                   | INTERVAL                   | '1 year 2 days 00:00:03.5'
                    INTEGER[]                  | INTEGER[]                  | [1, NULL, 3]
                    VARCHAR[][]                | VARCHAR[][]                | [['a'], [], NULL, [NULL]]
                    STRUCT(a INTEGER, "b c" VARCHAR[]) | STRUCT(a INTEGER, "b c" VARCHAR[]) | {'a': 1, 'b c': ['x', NULL]}
                    MAP(VARCHAR, DECIMAL(9,2)) | MAP(VARCHAR, DECIMAL(9,2)) | MAP {'k': 2.5}
                    MAP(INTEGER, STRUCT(t TIMESTAMP WITH TIME ZONE)[]) | MAP(INTEGER, STRUCT(t TIMESTAMP WITH TIME ZONE)[]) | MAP {1: [{'t': TIMESTAMPTZ '2024-02-29 01:02:03+00'}]}
                    ENUM('red', 'green')       | VARCHAR                    | 'green'
                    """)
    void aValueOfEachTypeArrivesAsItLeft(String type, String arrives, String value) {
        String rows =
                "SELECT CASE i % 3 WHEN 1 THEN NULL ELSE "
                        + "CAST("
                        + value
                        + " AS "
                        + type
                        + ") END AS v FROM range(20000) t(i)";
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch));
                ArrowResult result = from.stream(rows, EngineFixture.LONG)) {
            to.load("loaded", result, EngineFixture.LONG);
            assertEquals(
                    arrives,
                    to.query("SELECT any_value(typeof(v)) FROM loaded").rows().getFirst().get(0));
            String cast = arrives.equals(type) ? "v" : "v::" + type;
            assertEquals(
                    "20000 6667 13333",
                    to.query(
                                    "SELECT concat_ws(' ', count(*), count(*) FILTER (v IS NULL),"
                                            + " count(*) FILTER ("
                                            + cast
                                            + " IS NOT DISTINCT FROM CAST("
                                            + value
                                            + " AS "
                                            + type
                                            + "))) FROM loaded")
                            .rows()
                            .getFirst()
                            .get(0));
        }
    }

    @Test
    void noRowsMakeAnEmptyTable() {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch));
                ArrowResult result =
                        from.stream("SELECT 1 AS a, 'x' AS b WHERE false", EngineFixture.LONG)) {
            to.load("odd \"name\"", result, EngineFixture.LONG);
            assertEquals(0, to.query("SELECT count(a) FROM \"odd \"\"name\"\"\"").onlyLong());
        }
    }

    @Test
    void severalTablesOfManyRowsAreLoadedOneAfterTheOther() {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch))) {
            for (int i = 0; i < 3; i++) {
                try (ArrowResult result =
                        from.stream(
                                "SELECT i, md5(i::VARCHAR) AS text FROM range(400000) t(i)",
                                EngineFixture.LONG)) {
                    to.load("t" + i, result, EngineFixture.LONG);
                }
            }
            assertEquals(
                    400_000,
                    to.query(
                                    "SELECT count(*) FROM t0 JOIN t1 USING (i, text) JOIN t2 USING"
                                            + " (i, text)")
                            .onlyLong());
        }
    }

    @Test
    void aTableIsSeenByItsSessionOnlyAndEndsWithIt() {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                ArrowResult result = from.stream("SELECT 1 AS a", EngineFixture.LONG)) {
            try (EngineSession to = engine.open(EngineFixture.query(scratch))) {
                to.load("mine", result, EngineFixture.LONG);
                assertEquals(1, to.query("SELECT a FROM mine").onlyLong());
            }
            try (EngineSession next = engine.open(EngineFixture.query(scratch))) {
                assertThrows(EngineProblem.class, () -> next.query("SELECT a FROM mine"));
            }
        }
    }

    @Test
    void aSourceThatFailsInTheMiddleLeavesNoTableAndAUsableSession() {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch));
                ArrowResult result =
                        from.stream(
                                "SELECT CASE WHEN i = 2900000 THEN error('late') ELSE i END AS a"
                                        + " FROM range(3000000) t(i)",
                                EngineFixture.LONG)) {
            EngineProblem problem =
                    assertThrows(
                            EngineProblem.class, () -> to.load("half", result, EngineFixture.LONG));
            assertEquals(Kind.DATA, problem.kind());
            assertThrows(EngineProblem.class, () -> to.query("SELECT count(*) FROM half"));
            assertEquals(7, to.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void aTableThatIsThereAlreadyIsNotReplaced() {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch))) {
            to.execute("CREATE TEMP TABLE taken AS SELECT 5 AS a");
            try (ArrowResult result =
                    from.stream("SELECT i FROM range(3000000) t(i)", EngineFixture.LONG)) {
                assertEquals(
                        Kind.INVALID_SQL,
                        assertThrows(
                                        EngineProblem.class,
                                        () -> to.load("taken", result, EngineFixture.LONG))
                                .kind());
            }
            assertEquals(5, to.query("SELECT a FROM taken").onlyLong());
        }
    }

    @Test
    void cancellingWakesASourceThatWaits() throws Exception {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch));
                StallingRows rows =
                        new StallingRows(
                                from.stream(
                                        "SELECT i FROM range(90000) t(i)", EngineFixture.LONG))) {
            CompletableFuture<Kind> loading =
                    CompletableFuture.supplyAsync(() ->
                            assertThrows(
                                            EngineProblem.class,
                                            () -> to.load("stalled", rows, EngineFixture.LONG))
                                    .kind());
            rows.stalled.await();
            to.cancel();
            assertEquals(Kind.CANCELLED, loading.get());
            assertEquals(7, to.query("SELECT 7").onlyLong());
            assertThrows(EngineProblem.class, () -> to.query("SELECT count(*) FROM stalled"));
        }
    }

    @Test
    void aSourceThatWaitsTooLongTimesOut() {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch));
                StallingRows rows =
                        new StallingRows(
                                from.stream(
                                        "SELECT i FROM range(90000) t(i)", EngineFixture.LONG))) {
            EngineProblem problem =
                    assertThrows(
                            EngineProblem.class,
                            () -> to.load("stalled", rows, Duration.ofMillis(400)));
            assertEquals(Kind.TIMED_OUT, problem.kind());
            assertEquals(7, to.query("SELECT 7").onlyLong());
        }
    }

    @Test
    void aKilledWorkerIsSaidToHaveDied() throws Exception {
        try (EngineSession from = engine.open(EngineFixture.query(scratch));
                EngineSession to = engine.open(EngineFixture.query(scratch))) {
            long target = Long.parseLong(pidOf(to));
            AtomicInteger batches = new AtomicInteger();
            try (ArrowResult result =
                            from.stream(
                                    "SELECT i, md5(i::VARCHAR) AS t FROM range(50000000) t(i)",
                                    EngineFixture.LONG);
                    ArrowResult killing =
                            new WatchedRows(
                                    result,
                                    () -> {
                                        if (batches.incrementAndGet() == 20) {
                                            ProcessHandle.of(target)
                                                    .orElseThrow()
                                                    .destroyForcibly();
                                        }
                                    })) {
                assertEquals(
                        Kind.WORKER_DIED,
                        assertThrows(
                                        EngineProblem.class,
                                        () -> to.load("big", killing, EngineFixture.LONG))
                                .kind());
            }
        }
        try (EngineSession fresh = engine.open(EngineFixture.query(scratch))) {
            assertEquals(7, fresh.query("SELECT 7").onlyLong());
        }
    }

    private static String pidOf(EngineSession session) {
        String path =
                (String)
                        session.query("SELECT current_setting('temp_directory')")
                                .rows()
                                .getFirst()
                                .get(0);
        return String.valueOf(path).replaceAll(".*worker-", "");
    }

    /// Rows of another result; each batch is told of.
    private record WatchedRows(ArrowResult rows, Runnable onNext) implements ArrowResult {
        @Override
        public Schema schema() {
            return rows.schema();
        }

        @Override
        public boolean next() {
            onNext.run();
            return rows.next();
        }

        @Override
        public VectorSchemaRoot batch() {
            return rows.batch();
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    /// After three batches it waits for its end, as a peer that is silent.
    private static final class StallingRows implements ArrowResult {
        final CountDownLatch stalled = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final ArrowResult rows;
        private int batches;

        StallingRows(ArrowResult rows) {
            this.rows = rows;
        }

        @Override
        public Schema schema() {
            return rows.schema();
        }

        @Override
        public boolean next() {
            if (++batches <= 3) {
                return rows.next();
            }
            stalled.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new EngineProblem(Kind.CANCELLED, "closed while it waited");
        }

        @Override
        public VectorSchemaRoot batch() {
            return rows.batch();
        }

        @Override
        public void close() {
            closed.countDown();
            rows.close();
        }
    }
}
