package dev.sheaf.bench.query;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.query.Caller;
import dev.sheaf.query.LocalFiles;
import dev.sheaf.query.QueryConfig;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryRun;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.QueryStatistics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The 22 questions, each answered by bare DuckDB (in this process, JDBC) and through the query
/// service (in a worker, Arrow), in turn, warm. Answers are compared before anything is timed.
///
/// Arguments: scale (default 0.5), rounds (default 5), folder (default bench/target/bench-query).
public final class QueryBenchmark {
    private static final double SCALE = 0.5;
    private static final int ROUNDS = 5;
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(4096);
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final double TARGET_RATIO = 1.15;
    private static final double TARGET_ADDED_MILLIS = 25;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final AtomicInteger ids = new AtomicInteger();

    /// The least time that the current query has taken before it began to run.
    private double planningMillis = Double.MAX_VALUE;

    private QueryBenchmark() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        double scale = arguments.length > 0 ? Double.parseDouble(arguments[0]) : SCALE;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        Path folder = Path.of(arguments.length > 2 ? arguments[2] : "bench/target/bench-query");
        new QueryBenchmark().run(scale, rounds, folder);
    }

    private void run(double scale, int rounds, Path folder) throws SQLException, IOException {
        try (Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            ParquetShop shop = ParquetShop.in(folder.resolve("shop-" + scale), scale, bare);
            Path store = folder.resolve("shop-" + scale).toRealPath();
            shop.views(bare, MEMORY, THREADS);
            QueryConfig config = ParquetShop.config(folder, MEMORY, THREADS, Duration.ofMinutes(5));
            try (WorkerEngine engine = new WorkerEngine(EngineConfig.in(folder.resolve("engine")));
                    QueryService service =
                            new QueryService(
                                    engine, shop, shop, new LocalFiles(List.of(store)), config)) {
                System.out.printf(
                        Locale.ROOT,
                        "scale %s, %d MB of Parquet, %d threads, best of %d warm rounds each%n%n",
                        scale,
                        shop.bytes() >> 20,
                        THREADS,
                        rounds);
                compareAll(bare, service, rounds);
            }
        }
    }

    private void compareAll(Connection bare, QueryService service, int rounds)
            throws SQLException, IOException {
        System.out.printf(
                "| query | rows | bare ms | governed ms | ratio | added ms | planning ms | CPU"
                        + " ratio |%n|---|--:|--:|--:|--:|--:|--:|--:|%n");
        double bareTotal = 0;
        double governedTotal = 0;
        double planningTotal = 0;
        double bareCpuTotal = 0;
        double governedCpuTotal = 0;
        double addedMax = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, String> query : queries().entrySet()) {
            List<String> expected = Answers.bare(bare, query.getValue());
            List<String> answer = governedRows(service, query.getValue());
            if (!expected.equals(answer)) {
                throw new IllegalStateException(
                        query.getKey()
                                + ": answers differ: "
                                + Answers.difference(expected, answer));
            }
            planningMillis = Double.MAX_VALUE;
            double bareCpu = 0;
            double governedCpu = 0;
            double[] bareMillis = new double[rounds];
            double[] governedMillis = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                double cpuBegin = cpuSeconds();
                long begin = System.nanoTime();
                Answers.bare(bare, query.getValue());
                long middle = System.nanoTime();
                double cpuMiddle = cpuSeconds();
                long again = System.nanoTime();
                governedRows(service, query.getValue());
                bareMillis[round] = (middle - begin) / NANOS_PER_MILLI;
                governedMillis[round] = (System.nanoTime() - again) / NANOS_PER_MILLI;
                bareCpu += cpuMiddle - cpuBegin;
                governedCpu += cpuSeconds() - cpuMiddle;
            }
            double one = best(bareMillis);
            double other = best(governedMillis);
            bareTotal += one;
            governedTotal += other;
            addedMax = Math.max(addedMax, other - one);
            row(query.getKey(), expected.size(), one, other, planningMillis, governedCpu / bareCpu);
            bareCpuTotal += bareCpu;
            governedCpuTotal += governedCpu;
            planningTotal += planningMillis;
        }
        row("total", 0, bareTotal, governedTotal, planningTotal, governedCpuTotal / bareCpuTotal);
        double ratio = governedTotal / bareTotal;
        System.out.printf(
                Locale.ROOT,
                "%ntotal %.2fx (target %.2fx: %s), most added %.1f ms (target %.0f ms: %s)%n",
                ratio,
                TARGET_RATIO,
                ratio <= TARGET_RATIO ? "met" : "missed",
                addedMax,
                TARGET_ADDED_MILLIS,
                addedMax <= TARGET_ADDED_MILLIS ? "met" : "missed");
    }

    private static void row(
            String name, int rows, double bare, double governed, double planning, double cpuRatio) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f |%n",
                name,
                rows,
                bare,
                governed,
                governed / bare,
                governed - bare,
                planning,
                cpuRatio);
    }

    private List<String> governedRows(QueryService service, String sql) {
        Caller caller = new Caller("bench", Set.of(), Set.of("*"), "");
        List<String> rows;
        try (QueryRun run =
                service.run(QueryRequest.of("bench-" + ids.incrementAndGet(), sql, caller))) {
            rows = Answers.of(run);
            QueryStatistics statistics = run.statistics();
            double planned = statistics.waited().plus(statistics.planned()).toNanos();
            planningMillis = Math.min(planningMillis, planned / NANOS_PER_MILLI);
        }
        return rows;
    }

    /// CPU time of this process and its workers, which a busy machine changes least.
    private static double cpuSeconds() {
        Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        try (Stream<ProcessHandle> workers = ProcessHandle.current().children()) {
            return workers.map(worker -> worker.info().totalCpuDuration().orElse(Duration.ZERO))
                            .reduce(own, Duration::plus)
                            .toNanos()
                    / NANOS_PER_SECOND;
        }
    }

    /// What else runs on the machine only ever adds, so the least is the nearest to the cost.
    private static double best(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    /// By name.
    static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        try (InputStream in = QueryBenchmark.class.getResourceAsStream("queries.sql")) {
            if (in == null) {
                throw new IOException("queries.sql is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.split("-- name: ")) {
                int line = part.indexOf('\n');
                if (line > 0) {
                    String sql = part.substring(line).strip();
                    queries.put(
                            part.substring(0, line).strip(), sql.substring(0, sql.length() - 1));
                }
            }
        }
        return queries;
    }
}
