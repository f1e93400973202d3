package dev.sheaf.lake.internal.range;

import static dev.sheaf.lake.Contracts.optional;
import static dev.sheaf.lake.Contracts.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.ScanPlan;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.RangeCache;
import dev.sheaf.lake.StoreConfig;
import dev.sheaf.lake.TestEngine;
import dev.sheaf.lake.internal.store.S3Proxy;

import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A table of 8 row groups and 12 columns on S3Proxy, read through the cache by DuckDB.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RangeCacheTest {
    private static final int ROWS = 8 * 122_880;
    private static final Set<String> THREE = Set.of("id", "c3", "c7");
    private static final Expression THREE_GROUPS =
            Expressions.and(
                    Expressions.greaterThanOrEqual("id", 400_000L),
                    Expressions.lessThan("id", 600_000L));

    @TempDir static Path directory;
    private S3Proxy server;
    private Lake lake;
    private EngineSession session;
    private ScanPlan plan;
    private RangeCache cache;

    @BeforeAll
    void publish() throws Exception {
        server = S3Proxy.start(Files.createDirectories(directory.resolve("s3")), "lake");
        lake =
                Lake.open(
                        new LakeConfig(
                                new CatalogConfig.Sqlite(directory.resolve("catalog.db")),
                                List.of(server.config("s3://lake")),
                                Files.createDirectories(directory.resolve("staging"))));
        session = TestEngine.session(directory);
        List<ColumnContract> columns = new ArrayList<>();
        columns.add(optional("id", Primitive.LONG));
        StringBuilder select = new StringBuilder("SELECT i AS id");
        for (int i = 1; i < 12; i++) {
            columns.add(optional("c" + i, Primitive.LONG));
            select.append(", (hash(i + ").append(i).append(") % 1000000)::BIGINT AS c").append(i);
        }
        select.append(" FROM range(").append(ROWS).append(") r(i)");
        LakeTable table =
                lake.createOrEvolve(
                        new Lake.TableName("a", "b"),
                        table(columns.toArray(ColumnContract[]::new)),
                        "s3://lake/a/b");
        session.execute("SET threads = 1");
        Lake.SnapshotInfo snapshot =
                table.commit(
                        CommitMode.APPEND, table.write(session, select.toString(), "r1"), Map.of());
        plan = table.plan(snapshot.id(), Expressions.alwaysTrue());
    }

    @AfterAll
    void stop() {
        session.close();
        lake.close();
        server.close();
    }

    @BeforeEach
    void open() {
        cache =
                RangeCache.open(
                        directory.resolve("cache"), ByteSize.ofMebibytes(512), lake.files());
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private RangeCache.Lease lease(Expression filter) {
        return cache.lease(plan.files(), plan.schema(), THREE, filter);
    }

    private long sum(RangeCache.Lease lease, String columns, String where) {
        return session.query(
                        "SELECT sum("
                                + columns
                                + ")::BIGINT FROM read_parquet("
                                + lease.paths().stream().map(p -> "'" + p + "'").toList()
                                + ") WHERE "
                                + where)
                .onlyLong();
    }

    private long expected(String columns, String where) {
        return session.query(
                        "SELECT sum("
                                + columns
                                + ")::BIGINT FROM (SELECT i AS id, (hash(i + 3) % 1000000)::BIGINT"
                                + " AS c3, (hash(i + 7) % 1000000)::BIGINT AS c7, (hash(i + 9) %"
                                + " 1000000)::BIGINT AS c9 FROM range("
                                + ROWS
                                + ") r(i)) WHERE "
                                + where)
                .onlyLong();
    }

    @Test
    void fetchesOnlyWhatTheQueryNeedsAndTheAnswerIsRight() {
        String where = "id >= 400000 AND id < 600000";
        try (RangeCache.Lease lease = lease(THREE_GROUPS)) {
            assertEquals(expected("c3 + c7", where), sum(lease, "c3 + c7", where));
        }
        RangeCache.Statistics first = cache.statistics();
        assertTrue(first.bytesFetched() < plan.bytes() / 8, first + " of " + plan.bytes());
        assertTrue(first.bytesHeld() < plan.bytes() / 8, first.toString());
        try (RangeCache.Lease lease = lease(THREE_GROUPS)) {
            assertEquals(expected("c3", where), sum(lease, "c3", where));
        }
        assertEquals(first.requests(), cache.statistics().requests());
        assertTrue(cache.statistics().bytesHit() > 0);
    }

    @Test
    void aHoleIsAnErrorNeverAWrongAnswerAndWideningFillsIt() {
        try (RangeCache.Lease lease = lease(THREE_GROUPS)) {
            assertThrows(EngineProblem.class, () -> sum(lease, "c3", "true"));
            assertTrue(lease.widen());
            assertEquals(expected("c3", "true"), sum(lease, "c3", "true"));
            assertThrows(EngineProblem.class, () -> sum(lease, "c9", "true"));
            assertTrue(lease.widen());
            assertEquals(expected("c9", "true"), sum(lease, "c9", "true"));
            assertFalse(lease.widen());
        }
        assertTrue(cache.statistics().bytesFetched() <= plan.bytes() * 101 / 100);
    }

    @Test
    void whatManyNeedAtOnceIsFetchedOnce() throws Exception {
        try (RangeCache.Lease lease = lease(THREE_GROUPS)) {
            assertFalse(lease.paths().isEmpty());
        }
        long once = cache.statistics().bytesFetched();
        cache.close();
        open();
        List<Callable<Boolean>> queries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            queries.add(() -> {
                lease(THREE_GROUPS).close();
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> query : threads.invokeAll(queries)) {
                assertTrue(query.get());
            }
        }
        assertEquals(once, cache.statistics().bytesFetched());
    }

    @Test
    void theLongestUnusedGoesFirstAndLeasedFilesStay() {
        cache.close();
        cache = RangeCache.open(directory.resolve("cache"), new ByteSize(1), lake.files());
        Path path;
        try (RangeCache.Lease lease = lease(THREE_GROUPS)) {
            path = lease.paths().getFirst();
            assertTrue(Files.exists(path));
            assertTrue(cache.statistics().bytesHeld() > 1);
        }
        assertFalse(Files.exists(path));
        assertEquals(0, cache.statistics().bytesHeld());
    }

    @Test
    void aSecondProcessIsRefusedAndWhatACrashLeftIsDiscarded() throws Exception {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                RangeCache.open(
                                        directory.resolve("cache"),
                                        ByteSize.ofMebibytes(1),
                                        lake.files()));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        cache.close();
        Path left = Files.writeString(directory.resolve("cache/left.parquet"), "PAR1");
        open();
        assertFalse(Files.exists(left));
    }

    @Test
    void filesOfLocalStoresAreThemselves() throws Exception {
        Path file = Files.writeString(directory.resolve("x.parquet"), "x");
        try (RangeCache.Lease lease =
                cache.lease(
                        List.of(new Lake.PlannedFile("file://" + file, 1, 1)),
                        plan.schema(),
                        THREE,
                        Expressions.alwaysTrue())) {
            assertEquals(List.of(file), lease.paths());
            assertFalse(lease.widen());
        }
        assertEquals(0, cache.statistics().requests());
        assertEquals("local", StoreConfig.local("local", directory).name());
    }
}
