package dev.sheaf.bench.lake;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.ScanPlan;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.RangeCache;
import dev.sheaf.lake.SecretReference;
import dev.sheaf.lake.StoreConfig;

import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A query of 3 of 20 columns and 3 of 49 row groups of a table on an S3 server: the bytes that are
/// fetched, against the bytes of its file. The answer is checked against the same query over the
/// generated rows.
public final class RangeCacheBench {
    private static final int GROUP_ROWS = 122_880;
    private static final long ROWS = 49L * GROUP_ROWS;
    private static final long FROM = 20L * GROUP_ROWS + 1000;
    private static final long TO = 22L * GROUP_ROWS + 5000;

    private RangeCacheBench() {}

    /// @param arguments a scratch directory, the server's endpoint, its bucket, and references to
    ///   access key and secret
    public static void main(String[] arguments) throws IOException {
        Path directory =
                Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "ranges");
        StoreConfig store =
                new StoreConfig(
                        "s3",
                        "s3://" + arguments[2],
                        Map.of(
                                "endpoint",
                                arguments[1],
                                "region",
                                "us-east-1",
                                "pathStyle",
                                "true"),
                        Map.of(
                                "accessKeyId", new SecretReference(arguments[3]),
                                "secretAccessKey", new SecretReference(arguments[4])));
        try (WorkerEngine engine = new WorkerEngine(EngineConfig.in(directory.resolve("engine")));
                Lake lake =
                        Lake.open(
                                new LakeConfig(
                                        new CatalogConfig.Sqlite(directory.resolve("catalog.db")),
                                        List.of(store),
                                        Files.createDirectories(directory.resolve("staging"))));
                EngineSession session =
                        engine.open(
                                new SessionSpec(
                                        SessionSpec.Purpose.PUBLISH,
                                        ByteSize.ofMebibytes(2048),
                                        2,
                                        directory,
                                        List.of(directory),
                                        List.of(directory)));
                RangeCache cache =
                        RangeCache.open(
                                directory.resolve("cache"),
                                ByteSize.ofMebibytes(1024),
                                lake.files())) {
            ScanPlan plan = published(lake, store, session);
            query("cold", cache, plan, session);
            query("cached", cache, plan, session);
        }
    }

    private static ScanPlan published(Lake lake, StoreConfig store, EngineSession session) {
        LakeTable table =
                lake.createOrEvolve(
                        new TableName("bench", "ranges"),
                        BenchTables.longs(20),
                        store.root() + "/ranges");
        session.execute("SET threads = 1");
        Lake.SnapshotInfo snapshot =
                table.commit(CommitMode.REPLACE, table.write(session, rows(), "bench"), Map.of());
        return table.plan(snapshot.id(), Expressions.alwaysTrue());
    }

    private static String rows() {
        StringBuilder select = new StringBuilder("SELECT i AS id");
        for (int i = 1; i < 20; i++) {
            select.append(", (hash(i + ").append(i).append(") % 10000)::BIGINT AS c").append(i);
        }
        return select + " FROM range(" + ROWS + ") r(i)";
    }

    private static void query(String what, RangeCache cache, ScanPlan plan, EngineSession session) {
        Expression filter =
                Expressions.and(
                        Expressions.greaterThanOrEqual("id", FROM), Expressions.lessThan("id", TO));
        String where = " WHERE id >= " + FROM + " AND id < " + TO;
        RangeCache.Statistics before = cache.statistics();
        long start = System.nanoTime();
        long answer;
        try (RangeCache.Lease lease =
                cache.lease(plan.files(), plan.schema(), Set.of("id", "c3", "c7"), filter)) {
            List<String> paths = lease.paths().stream().map(path -> "'" + path + "'").toList();
            answer =
                    session.query(
                                    "SELECT sum(c3 * c7)::BIGINT FROM read_parquet("
                                            + paths
                                            + ")"
                                            + where)
                            .onlyLong();
        }
        double milliseconds = (System.nanoTime() - start) / 1e6;
        long expected =
                session.query("SELECT sum(c3 * c7)::BIGINT FROM (" + rows() + ")" + where)
                        .onlyLong();
        if (answer != expected) {
            throw new IllegalStateException(answer + " is not " + expected);
        }
        long fetched = cache.statistics().bytesFetched() - before.bytesFetched();
        System.out.printf(
                "3 of 20 columns, 3 of 49 row groups, %s: %d requests, %,d of %,d bytes in %d"
                        + " file(s) (%.2f %%), %.0f ms%n",
                what,
                cache.statistics().requests() - before.requests(),
                fetched,
                plan.bytes(),
                plan.files().size(),
                100.0 * fetched / plan.bytes(),
                milliseconds);
    }
}
