package dev.sheaf.bench.query;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.QueryConfig;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryRun;
import dev.sheaf.query.QueryService;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A fact table in one region, dimensions in others: bytes that cross the border and time of joins,
/// against pulling both tables whole; and all queries of the shop with its tables in three regions,
/// answers compared with one DuckDB over all.
///
/// Arguments: scale (default 1, a fact of 6 M rows), rounds (default 3), folder (default
/// bench/target/bench-query), links in Mbit/s (default 0, links that take no time).
public final class FederatedBenchmark {
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(4096);
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final RegionName FACTS = RegionName.parse("aws/us-east-1");
    private static final RegionName DIMENSIONS = RegionName.parse("azure/westeurope");
    private static final RegionName THIRD = RegionName.parse("gcp/europe-west1");
    private static final long BYTES_PER_MEGABIT = 125_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private static final Map<String, String> JOINS = joins();
    private static int statements;

    private FederatedBenchmark() {}

    private static Map<String, String> joins() {
        Map<String, String> joins = new LinkedHashMap<>();
        joins.put(
                "revenue of one brand",
                "SELECT p_type, sum(l_extendedprice * (1 - l_discount)) AS revenue, count(*) AS n"
                        + " FROM shop.lineitem JOIN shop.part ON l_partkey = p_partkey WHERE"
                        + " p_brand = 'Brand#23' AND p_size < 10 GROUP BY p_type ORDER BY p_type");
        joins.put(
                "lines of a supplier's nation",
                "SELECT s_name, l_shipdate, l_quantity FROM shop.lineitem JOIN shop.supplier ON"
                    + " l_suppkey = s_suppkey WHERE s_nationkey = 7 AND s_acctbal > 9500 ORDER BY"
                    + " ALL");
        joins.put(
                "every line by part's brand",
                "SELECT p_brand, sum(l_quantity) AS q, avg(l_extendedprice) AS a FROM shop.lineitem"
                        + " JOIN shop.part ON l_partkey = p_partkey GROUP BY p_brand ORDER BY"
                        + " p_brand");
        return joins;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        double scale = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = Path.of(arguments.length > 2 ? arguments[2] : "bench/target/bench-query");
        long link = arguments.length > 3 ? Long.parseLong(arguments[3]) * BYTES_PER_MEGABIT : 0;
        try (Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            ParquetShop shop = ParquetShop.in(folder.resolve("shop-" + scale), scale, bare);
            Path store = folder.resolve("shop-" + scale).toRealPath();
            shop.views(bare, MEMORY, THREADS);
            QueryConfig config = ParquetShop.config(folder, MEMORY, THREADS, Duration.ofMinutes(5));
            EngineConfig engines = EngineConfig.in(folder.resolve("engine")).withWorkers(8, 1);
            try (WorkerEngine engine = new WorkerEngine(engines)) {
                try (SplitShop split =
                        new SplitShop(shop, twoRegions(shop), engine, store, config, link)) {
                    long fact = shop.file("lineitem").toFile().length();
                    for (RegionName here : List.of(DIMENSIONS, THIRD)) {
                        for (Map.Entry<String, String> join : JOINS.entrySet()) {
                            measure(bare, split, here, join, rounds, fact);
                        }
                    }
                }
                try (SplitShop split =
                        new SplitShop(shop, threeRegions(shop), engine, store, config, link)) {
                    compareAll(bare, split, shop.bytes());
                }
            }
        }
    }

    private static Map<String, RegionName> twoRegions(ParquetShop shop) {
        Map<String, RegionName> homes = new LinkedHashMap<>();
        shop.tables().forEach(table -> homes.put(table, DIMENSIONS));
        homes.put("lineitem", FACTS);
        return homes;
    }

    private static Map<String, RegionName> threeRegions(ParquetShop shop) {
        Map<String, RegionName> homes = twoRegions(shop);
        homes.put("orders", FACTS);
        homes.put("customer", THIRD);
        homes.put("nation", THIRD);
        homes.put("region", THIRD);
        return homes;
    }

    private static void measure(
            Connection bare,
            SplitShop split,
            RegionName here,
            Map.Entry<String, String> join,
            int rounds,
            long factBytes)
            throws SQLException {
        QueryService service = split.service(here);
        List<String> expected = Answers.bare(bare, join.getValue());
        double split1 = Double.MAX_VALUE;
        double pulled = Double.MAX_VALUE;
        long crossed = 0;
        long crossedPulled = 0;
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            requireSame(join.getKey(), expected, answer(service, join.getValue()));
            split1 = Math.min(split1, (System.nanoTime() - begin) / NANOS_PER_MILLI);
            crossed = split.takeCrossed();
            long middle = System.nanoTime();
            requireSame(join.getKey(), expected, answer(service, pulling(join.getValue())));
            pulled = Math.min(pulled, (System.nanoTime() - middle) / NANOS_PER_MILLI);
            crossedPulled = split.takeCrossed();
        }
        System.out.printf(
                Locale.ROOT,
                "%-30s asked in %-18s %8.0f ms, %10d bytes = %5.2f %% of the fact's Parquet |"
                        + " pulling whole tables %8.0f ms, %11d bytes | %.1fx%n",
                join.getKey(),
                here,
                split1,
                crossed,
                100.0 * crossed / factBytes,
                pulled,
                crossedPulled,
                pulled / split1);
    }

    /// Both tables whole: a sample of everything is not taken apart.
    private static String pulling(String sql) {
        return sql.replace("shop.lineitem", "shop.lineitem TABLESAMPLE 100 PERCENT")
                .replace("shop.part ", "shop.part TABLESAMPLE 100 PERCENT ")
                .replace("shop.supplier ", "shop.supplier TABLESAMPLE 100 PERCENT ");
    }

    private static void compareAll(Connection bare, SplitShop split, long shopBytes)
            throws SQLException, IOException {
        int same = 0;
        for (Map.Entry<String, String> query : QueryBenchmark.queries().entrySet()) {
            List<String> expected = Answers.bare(bare, query.getValue());
            for (RegionName here : List.of(FACTS, DIMENSIONS, THIRD)) {
                long begin = System.nanoTime();
                requireSame(
                        query.getKey(), expected, answer(split.service(here), query.getValue()));
                System.out.printf(
                        Locale.ROOT,
                        "%-32s from %-18s %8.0f ms, %10d bytes over borders (%.1f %% of the"
                                + " shop)%n",
                        query.getKey(),
                        here,
                        (System.nanoTime() - begin) / NANOS_PER_MILLI,
                        crossedOf(split),
                        100.0 * lastCrossed / shopBytes);
            }
            same++;
        }
        System.out.println(same + " queries over three regions answer as one DuckDB over all");
    }

    private static long lastCrossed;

    private static long crossedOf(SplitShop split) {
        lastCrossed = split.takeCrossed();
        return lastCrossed;
    }

    private static void requireSame(String name, List<String> expected, List<String> answer) {
        if (!expected.equals(answer)) {
            throw new IllegalStateException(
                    name + ": answers differ: " + Answers.difference(expected, answer));
        }
    }

    private static List<String> answer(QueryService service, String sql) {
        QueryRequest request = QueryRequest.of("federated-" + ++statements, sql, SplitShop.CALLER);
        try (QueryRun run = service.run(request)) {
            return Answers.of(run);
        }
    }
}
