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

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A join of orders and customers of whom two columns are masked and some are filtered out: through
/// the query service, where policy says so, against bare DuckDB with the same filter and no masks,
/// and with the masks written by hand. In turn, warm, the least of the rounds; answers are
/// compared.
///
/// Arguments: scale (default 0.5), rounds (default 15), folder (default bench/target/bench-query).
public final class MaskedQueryBenchmark {
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(4096);
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final double TARGET_RATIO = 1.15;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String QUESTION =
            "SELECT c_custkey, c_name, c_phone, count(*) AS orders, sum(l_extendedprice) AS spent"
                    + " FROM shop.lineitem JOIN shop.orders ON l_orderkey = o_orderkey"
                    + " JOIN %s ON o_custkey = c_custkey"
                    + " GROUP BY ALL ORDER BY spent DESC, c_custkey LIMIT 1000";

    private MaskedQueryBenchmark() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        double scale = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 0.5;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
        Path folder = Path.of(arguments.length > 2 ? arguments[2] : "bench/target/bench-query");
        MaskedCustomers policy = new MaskedCustomers();
        try (Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            ParquetShop shop = ParquetShop.in(folder.resolve("shop-" + scale), scale, bare);
            Path store = folder.resolve("shop-" + scale).toRealPath();
            shop.views(bare, MEMORY, THREADS);
            QueryConfig config = ParquetShop.config(folder, MEMORY, THREADS, Duration.ofMinutes(5));
            try (WorkerEngine engine = new WorkerEngine(EngineConfig.in(folder.resolve("engine")));
                    QueryService service =
                            new QueryService(
                                    engine, shop, policy, new LocalFiles(List.of(store)), config)) {
                compare(bare, service, policy, rounds);
            }
        }
    }

    private static void compare(
            Connection bare, QueryService service, MaskedCustomers policy, int rounds)
            throws SQLException {
        String plain =
                QUESTION.formatted("(FROM shop.customer WHERE " + MaskedCustomers.FILTER + ")");
        String byHand =
                QUESTION.formatted(
                        "(SELECT c_custkey, %s AS c_name, %s AS c_phone FROM shop.customer WHERE %s)"
                                .formatted(
                                        policy.shown("c_name", "name"),
                                        policy.shown("c_phone", "phone"),
                                        MaskedCustomers.FILTER));
        String governed = QUESTION.formatted("shop.customer");
        List<String> expected = Answers.bare(bare, byHand);
        List<String> answer = answer(service, governed, 0);
        if (!expected.equals(answer) || expected.equals(Answers.bare(bare, plain))) {
            throw new IllegalStateException(
                    "answers differ: " + Answers.difference(expected, answer));
        }
        double plainMillis = Double.MAX_VALUE;
        double byHandMillis = Double.MAX_VALUE;
        double governedMillis = Double.MAX_VALUE;
        for (int round = 1; round <= rounds; round++) {
            long begin = System.nanoTime();
            Answers.bare(bare, plain);
            long second = System.nanoTime();
            Answers.bare(bare, byHand);
            long third = System.nanoTime();
            answer(service, governed, round);
            long end = System.nanoTime();
            plainMillis = Math.min(plainMillis, (second - begin) / NANOS_PER_MILLI);
            byHandMillis = Math.min(byHandMillis, (third - second) / NANOS_PER_MILLI);
            governedMillis = Math.min(governedMillis, (end - third) / NANOS_PER_MILLI);
        }
        System.out.printf(
                Locale.ROOT,
                "%d rows; bare %.1f ms, masks by hand %.1f ms, governed %.1f ms: %.2fx bare (target"
                        + " %.2fx: %s), %.2fx of the masks by hand, %.1f ms added%n",
                answer.size(),
                plainMillis,
                byHandMillis,
                governedMillis,
                governedMillis / plainMillis,
                TARGET_RATIO,
                governedMillis <= TARGET_RATIO * plainMillis ? "met" : "missed",
                governedMillis / byHandMillis,
                governedMillis - plainMillis);
    }

    private static List<String> answer(QueryService service, String sql, int round) {
        Caller caller = new Caller("bench", Set.of("analyst"), Set.of("marketing"), "churn");
        try (QueryRun run = service.run(QueryRequest.of("masked-" + round, sql, caller))) {
            return Answers.of(run);
        }
    }
}
