package dev.sheaf.bench.query;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.node.audit.AuditTrail;
import dev.sheaf.node.http.Admission;
import dev.sheaf.node.http.HostCheck;
import dev.sheaf.node.http.HttpServer;
import dev.sheaf.node.http.HttpSettings;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.metrics.NodeMetrics;
import dev.sheaf.node.queries.QueryRoutes;
import dev.sheaf.node.queries.ResultCache;
import dev.sheaf.node.queries.StatementIds;
import dev.sheaf.node.queries.StatementRecords;
import dev.sheaf.query.LocalFiles;
import dev.sheaf.query.QueryConfig;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.TableResolver;
import dev.sheaf.query.federation.RemoteCatalog;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What the audit trail costs a governed query: the same statement, with a mask and a row filter,
/// sent over HTTP to two doors of one query service, of which one keeps the audit log and the other
/// does not, in turn. With one caller the doors alternate with every statement, with sixteen after
/// every block. Both answers are compared before anything is timed.
///
/// The policies' decision is fixed here, so that it is the same on both sides; what it costs is
/// measured by PolicyBenchmark.
///
/// Arguments: pairs of one caller (default 400), blocks of sixteen (default 12), folder (default
/// bench/target/bench-audit; the disk that is measured).
public final class AuditCostBenchmark {
    private static final int PAIRS = 400;
    private static final int BLOCKS = 12;
    private static final int CALLERS = 16;
    private static final int STATEMENTS_OF_A_BLOCK = 10;
    private static final int WARM_UP = 60;
    private static final int SYNCS = 500;
    private static final int LINE_BYTES = 600;
    private static final double SCALE = 0.01;
    private static final double TARGET_MILLIS = 1;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(512);
    private static final String STATEMENT =
            "{\"sql\": \"SELECT o_orderkey, o_clerk FROM shop.orders WHERE o_orderkey = %d\","
                    + " \"purpose\": \"bench\"}";
    private static final int KEYS = 5000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private AuditCostBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PAIRS;
        int blocks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : BLOCKS;
        Path folder = Path.of(arguments.length > 2 ? arguments[2] : "bench/target/bench-audit");
        new AuditCostBenchmark().run(pairs, blocks, folder);
    }

    private void run(int pairs, int blocks, Path folder)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        Files.createDirectories(folder.resolve("keys"));
        try (Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            ParquetShop shop = ParquetShop.in(folder.resolve("shop"), SCALE, bare);
            QueryConfig config = ParquetShop.config(folder, MEMORY, 1, Duration.ofMinutes(1));
            Path store = folder.resolve("shop").toRealPath();
            try (WorkerEngine engine = new WorkerEngine(EngineConfig.in(folder.resolve("engine")));
                    QueryService service =
                            new QueryService(
                                    engine,
                                    shop,
                                    (caller, product, table) ->
                                            new Decision.Allow(
                                                    Map.of("o_clerk", "md5(o_clerk)"),
                                                    Optional.of("o_orderkey > 0"),
                                                    "policies@bench"),
                                    new LocalFiles(List.of(store)),
                                    config);
                    AuditTrail trail =
                            AuditTrail.open(
                                    folder.resolve("audit-" + System.nanoTime()),
                                    "bench/audit",
                                    folder.resolve("keys"),
                                    Clock.systemUTC());
                    HttpServer on = server(shop, service, new Audit(trail));
                    HttpServer off = server(shop, service, new Audit())) {
                Door audited = new Door("audited", URI.create("http://127.0.0.1:" + on.start()));
                Door silent =
                        new Door("not audited", URI.create("http://127.0.0.1:" + off.start()));
                requireSame(audited, silent);
                oneCaller(audited, silent, pairs);
                manyCallers(audited, silent, blocks);
                System.out.printf(
                        Locale.ROOT, "%nthe audit log has %d entries%n", trail.log().size());
            }
        }
        disk(folder);
    }

    private record Door(String name, URI address) {}

    private static HttpServer server(TableResolver shop, QueryService service, Audit audit) {
        Principal caller =
                new Principal("bench", "bench", Set.of(Scope.QUERY_RUN), Set.of(), Set.of("*"));
        return new HttpServer(
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        HostCheck.of(true, List.of(), List.of()),
                        ByteSize.ofMebibytes(1),
                        ByteSize.ofMebibytes(1),
                        4 * CALLERS,
                        8 * CALLERS,
                        Duration.ofSeconds(30)),
                new QueryRoutes(
                                service,
                                new StatementRecords(
                                        new StatementIds(new SecureRandom()),
                                        new NodeMetrics(),
                                        audit,
                                        (query, reader, sql, tables) -> {},
                                        Clock.systemUTC()),
                                "USD",
                                new ResultCache(
                                        shop,
                                        RemoteCatalog.NONE,
                                        (subject, resource) -> List.of(),
                                        () -> "",
                                        Clock.systemUTC()))
                        .routes(),
                new Admission(token -> caller, audit),
                (route, status, nanos) -> {});
    }

    private String ask(Door door, int key) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(door.address().resolve("/api/v1/queries"))
                                .header("Authorization", "Bearer bench")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(STATEMENT.formatted(key)))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(door.name() + ": " + answer.body());
        }
        return answer.body();
    }

    private void requireSame(Door one, Door other) throws IOException, InterruptedException {
        for (int key = 1; key <= WARM_UP; key++) {
            if (!ask(one, key).equals(ask(other, key))) {
                throw new IllegalStateException("the doors answer differently");
            }
        }
    }

    private void oneCaller(Door audited, Door silent, int pairs)
            throws IOException, InterruptedException {
        double[] with = new double[pairs];
        double[] without = new double[pairs];
        double[] added = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            int key = 1 + pair % KEYS;
            boolean isAuditedFirst = pair % 2 == 0;
            double first = timed(isAuditedFirst ? audited : silent, key);
            double second = timed(isAuditedFirst ? silent : audited, key);
            with[pair] = isAuditedFirst ? first : second;
            without[pair] = isAuditedFirst ? second : first;
            added[pair] = with[pair] - without[pair];
        }
        report("one caller, " + pairs + " pairs", with, without, quantile(added, 0.5));
    }

    private double timed(Door door, int key) throws IOException, InterruptedException {
        long began = System.nanoTime();
        ask(door, key);
        return (System.nanoTime() - began) / NANOS_PER_MILLI;
    }

    private void manyCallers(Door audited, Door silent, int blocks)
            throws InterruptedException, ExecutionException {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        double[] added = new double[blocks];
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            block(callers, audited, with);
            block(callers, silent, without);
            with.clear();
            without.clear();
            for (int block = 0; block < blocks; block++) {
                boolean isAuditedFirst = block % 2 == 0;
                double first =
                        block(
                                callers,
                                isAuditedFirst ? audited : silent,
                                isAuditedFirst ? with : without);
                double second =
                        block(
                                callers,
                                isAuditedFirst ? silent : audited,
                                isAuditedFirst ? without : with);
                added[block] = isAuditedFirst ? first - second : second - first;
            }
        }
        // All callers wait for the same processors: a statement's own cost is its share of the
        // block's time, not what its caller waits for the others.
        report(
                CALLERS + " callers at once, " + blocks + " blocks each, added by its share",
                array(with),
                array(without),
                quantile(added, 0.5));
    }

    /// The block's time by the number of its statements.
    ///
    /// @param times gets what each statement took
    private double block(ExecutorService callers, Door door, List<Double> times)
            throws InterruptedException, ExecutionException {
        List<Callable<List<Double>>> work = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller * STATEMENTS_OF_A_BLOCK;
            work.add(() -> {
                List<Double> own = new ArrayList<>();
                for (int i = 0; i < STATEMENTS_OF_A_BLOCK; i++) {
                    own.add(timed(door, 1 + first + i));
                }
                return own;
            });
        }
        long began = System.nanoTime();
        for (Future<List<Double>> own : callers.invokeAll(work)) {
            times.addAll(own.get());
        }
        double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
        return millis / (CALLERS * STATEMENTS_OF_A_BLOCK);
    }

    private static void report(String what, double[] with, double[] without, double added) {
        System.out.printf(
                Locale.ROOT,
                "%n%s%n| | p50 ms | p90 ms | p99 ms |%n|---|--:|--:|--:|%n"
                        + "| audited | %.2f | %.2f | %.2f |%n| not audited | %.2f | %.2f | %.2f |%n"
                        + "added, median of the differences: %.2f ms (target %.0f ms: %s)%n",
                what,
                quantile(with, 0.5),
                quantile(with, 0.9),
                quantile(with, 0.99),
                quantile(without, 0.5),
                quantile(without, 0.9),
                quantile(without, 0.99),
                added,
                TARGET_MILLIS,
                added <= TARGET_MILLIS ? "met" : "missed");
    }

    /// What the disk takes to sync a line: below that no durable log can be.
    private static void disk(Path folder) throws IOException {
        Path file = folder.resolve("sync");
        double[] times = new double[SYNCS];
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(LINE_BYTES));
                channel.force(false);
                times[i] = (System.nanoTime() - began) / NANOS_PER_MILLI;
            }
        }
        Files.delete(file);
        System.out.printf(
                Locale.ROOT,
                "%nthis disk writes and syncs %d bytes in p50 %.2f, p90 %.2f, p99 %.2f ms%n",
                LINE_BYTES,
                quantile(times, 0.5),
                quantile(times, 0.9),
                quantile(times, 0.99));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
