package dev.sheaf.bench.publish;

import dev.sheaf.contract.Source;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.StoreConfig;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Ledger.Change;
import dev.sheaf.product.apply.ProductSpecReader;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.publish.PublishLimits;
import dev.sheaf.product.publish.PublishListener;
import dev.sheaf.product.publish.PublishReport;
import dev.sheaf.product.publish.PublishRequest;
import dev.sheaf.product.publish.Publisher;
import dev.sheaf.product.publish.ReleaseGate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Publishes a generated CSV file with ten quality rules and compares with DuckDB's bare COPY of
/// the same file to Parquet, in workers with the same memory and threads, in turns. Row counts and
/// a sum are checked before a ratio is printed.
///
/// `bin/bench publish [rows] [rounds] [FOLDER]`; 7,900,000 rows are about 1 GB. The ratio that
/// counts is that of wall time; that of processor time (this process and its workers) says more on
/// a busy machine.
public final class PublishBenchmark {
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(4096);
    private static final int THREADS = 2;
    private static final ProductName PRODUCT = ProductName.parse("bench.orders");
    private static final String COLUMNS =
            "{'order_id':'BIGINT','customer_id':'INTEGER','sku':'VARCHAR','country':'VARCHAR',"
                    + "'email':'VARCHAR','quantity':'INTEGER','unit_price':'DECIMAL(10,2)',"
                    + "'ordered_at':'TIMESTAMP','status':'VARCHAR','note':'VARCHAR'}";

    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: bench.orders
            version: 1.0.0
            status: active
            schema:
              - name: orders
                properties:
                  - {name: order_id, logicalType: integer, physicalType: BIGINT, required: true, unique: true, primaryKey: true, primaryKeyPosition: 1}
                  - {name: customer_id, logicalType: integer, physicalType: INTEGER, required: true}
                  - {name: sku, logicalType: string, required: true}
                  - {name: country, logicalType: string, required: true}
                  - {name: email, logicalType: string}
                  - {name: quantity, logicalType: integer, physicalType: INTEGER, logicalTypeOptions: {minimum: 1}}
                  - {name: unit_price, logicalType: number, physicalType: "DECIMAL(10,2)", logicalTypeOptions: {minimum: 0}}
                  - {name: ordered_at, logicalType: timestamp, physicalType: TIMESTAMP, required: true}
                  - {name: status, logicalType: string}
                  - {name: note, logicalType: string}
                quality:
                  - {name: rows, metric: rowCount, mustBeGreaterThan: 1000}
                  - {name: orders unique, metric: duplicateValues, arguments: {properties: [order_id]}, mustBe: 0}
                  - {name: notes unique, metric: duplicateValues, arguments: {properties: [note]}, mustBeLessThan: 5, unit: percent, severity: warning}
                  - {name: quantity sum, type: sql, query: "SELECT sum(quantity) FROM ${table}", mustBeGreaterThan: 0}
                  - {name: newest, type: sql, query: "SELECT count(*) FROM ${table} WHERE ordered_at > TIMESTAMP '2030-01-01'", mustBe: 0}
                  - {name: countries, type: sql, query: "SELECT count(DISTINCT country) FROM ${table}", mustBeBetween: [1, 300]}
            """;

    private static final String COLUMN_RULES =
            """
                      - {name: no null mail, metric: nullValues, mustBeLessThan: 5, unit: percent}
                      - {name: mail form, metric: invalidValues, arguments: {pattern: "^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$"}, mustBe: 0}
            """;

    private PublishBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 7_900_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder =
                Path.of(arguments.length > 2 ? arguments[2] : "bench/target/bench-publish")
                        .toAbsolutePath();
        Files.createDirectories(folder);
        try (WorkerEngine engine =
                new WorkerEngine(EngineConfig.in(folder.resolve("engine")).withWorkers(1, 2))) {
            for (boolean dirty : List.of(false, true)) {
                Path csv = folder.resolve((dirty ? "dirty-" : "clean-") + rows + ".csv");
                if (!Files.exists(csv)) {
                    generate(engine, folder, csv, rows, dirty);
                }
                compare(engine, folder, csv, rows, dirty, rounds);
            }
        }
    }

    private static EngineSession session(WorkerEngine engine, Path folder) {
        return engine.open(
                new SessionSpec(
                        SessionSpec.Purpose.PUBLISH,
                        MEMORY,
                        THREADS,
                        folder,
                        List.of(folder),
                        List.of(folder)));
    }

    private static void generate(
            WorkerEngine engine, Path folder, Path csv, long rows, boolean dirty) {
        String quantity =
                dirty
                        ? "CASE WHEN i % 100 = 7 THEN 'many' ELSE CAST(1 + hash(i * 13) % 50 AS"
                                + " VARCHAR) END"
                        : "1 + hash(i * 13) % 50";
        try (EngineSession session = session(engine, folder)) {
            session.execute(
                    "COPY (SELECT i AS order_id, hash(i) % 500000 AS customer_id, 'SKU-' ||"
                        + " lpad(CAST(hash(i * 7) % 40000 AS VARCHAR), 6, '0') AS sku, ['United"
                        + " Kingdom','France','Germany','EIRE','Spain','Netherlands','Belgium','Switzerland'][CAST(1"
                        + " + hash(i * 3) % 8 AS INT)] AS country, 'user' || (hash(i * 11) %"
                        + " 500000) || '@example.com' AS email, "
                            + quantity
                            + " AS quantity, CAST((hash(i * 17) % 100000) / 100.0 AS"
                            + " DECIMAL(10,2)) AS unit_price, TIMESTAMP '2020-01-01' +"
                            + " to_seconds(CAST(hash(i * 19) % 150000000 AS BIGINT)) AS"
                            + " ordered_at, ['new','paid','shipped','returned'][CAST(1 + hash(i *"
                            + " 23) % 4 AS INT)] AS status, md5(CAST(i AS VARCHAR)) AS note FROM"
                            + " range("
                            + rows
                            + ") t(i)) TO '"
                            + csv
                            + "' (HEADER, DELIMITER ',')");
        }
    }

    private static void compare(
            WorkerEngine engine, Path folder, Path csv, long rows, boolean dirty, int rounds)
            throws Exception {
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        String variant = dirty ? "1 % dirty" : "clean";
        for (int round = 0; round < rounds; round++) {
            Cost bare = bare(engine, folder, csv);
            Cost governed = governed(engine, folder, csv, rows, dirty);
            wall.add(governed.seconds() / bare.seconds());
            cpu.add(governed.cpuSeconds() / bare.cpuSeconds());
            print(
                    "%s round %d: %.0f MB, bare %.2f s (cpu %.2f), publish %.2f s (cpu %.2f), ratio"
                            + " %.2f (cpu %.2f), load %.1f",
                    variant,
                    round,
                    Files.size(csv) / 1e6,
                    bare.seconds(),
                    bare.cpuSeconds(),
                    governed.seconds(),
                    governed.cpuSeconds(),
                    wall.getLast(),
                    cpu.getLast(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
        wall.sort(null);
        cpu.sort(null);
        print(
                "%s: median ratio %.2f (cpu %.2f)",
                variant, wall.get(rounds / 2), cpu.get(rounds / 2));
    }

    private record Cost(double seconds, double cpuSeconds) {}

    /// What has been spent since it was made, by this process and the workers that still run.
    private static final class Meter {
        private final Map<Long, Duration> cpuBefore = cpu();
        private final long began = System.nanoTime();

        Cost cost() {
            double seconds = (System.nanoTime() - began) / 1e9;
            double spent = 0;
            for (Map.Entry<Long, Duration> process : cpu().entrySet()) {
                Duration before = cpuBefore.getOrDefault(process.getKey(), Duration.ZERO);
                spent += process.getValue().minus(before).toMillis() / 1000.0;
            }
            return new Cost(seconds, spent);
        }

        private static Map<Long, Duration> cpu() {
            ProcessHandle self = ProcessHandle.current();
            return Stream.concat(Stream.of(self), self.descendants())
                    .collect(
                            Collectors.toMap(
                                    ProcessHandle::pid,
                                    process ->
                                            process.info()
                                                    .totalCpuDuration()
                                                    .orElse(Duration.ZERO)));
        }
    }

    private static Cost bare(WorkerEngine engine, Path folder, Path csv) throws IOException {
        Path parquet = folder.resolve("bare.parquet");
        try (EngineSession session = session(engine, folder)) {
            session.query("SELECT 1");
            Meter meter = new Meter();
            session.execute(
                    "COPY (SELECT * FROM read_csv('"
                            + csv
                            + "', columns="
                            + COLUMNS
                            + ", auto_detect=false, header=true, delim=',', quote='\"',"
                            + " escape='\"', ignore_errors=true)) TO '"
                            + parquet
                            + "' (FORMAT parquet, COMPRESSION zstd)");
            return meter.cost();
        } finally {
            Files.deleteIfExists(parquet);
        }
    }

    private static Cost governed(
            WorkerEngine engine, Path folder, Path csv, long rows, boolean dirty) throws Exception {
        Path home = Files.createTempDirectory(folder, "node-");
        for (String name : List.of("staging", "store", "scratch")) {
            Files.createDirectories(home.resolve(name));
        }
        try (Lake lake =
                        Lake.open(
                                new LakeConfig(
                                        new CatalogConfig.Sqlite(home.resolve("catalog.db")),
                                        List.of(StoreConfig.local("l", home.resolve("store"))),
                                        home.resolve("staging")));
                Ledger ledger =
                        JdbcLedger.onSqlite(
                                home.resolve("ledger.db"),
                                new ProductSpecReader(),
                                Clock.systemUTC())) {
            declare(ledger);
            Publisher publisher =
                    new Publisher(
                            engine,
                            lake,
                            ledger,
                            home.resolve("scratch"),
                            "file://" + home.resolve("store"),
                            new PublishLimits(MEMORY, THREADS, 16L << 20),
                            Clock.systemUTC());
            Meter meter = new Meter();
            PublishReport report =
                    publisher.publish(
                            new PublishRequest(
                                    "bench", PRODUCT, List.of(csv.toString()), "bench", false),
                            PublishListener.SILENT,
                            ReleaseGate.OPEN);
            Cost cost = meter.cost();
            check(lake, report, rows, dirty);
            print("  phases (ms): %s", report.millis());
            return cost;
        } finally {
            delete(home);
        }
    }

    private static void check(Lake lake, PublishReport report, long rows, boolean dirty) {
        long bad = dirty ? (rows + 92) / 100 : 0;
        long total =
                lake.table(new TableName("bench", "orders"))
                        .flatMap(table -> table.current())
                        .map(snapshot -> Long.parseLong(snapshot.summary().get("total-records")))
                        .orElse(0L);
        boolean right =
                report.outcome().equals("COMMITTED")
                        && report.rowsIn() == rows
                        && report.rowsQuarantined() == bad
                        && report.rowsPublished() == rows - bad
                        && total == rows - bad
                        && report.rules().stream()
                                .allMatch(rule -> rule.outcome().equals("passed"));
        if (!right || report.rules().size() != 10) {
            throw new IllegalStateException("wrong answer: " + report.json());
        }
    }

    private static void declare(Ledger ledger) {
        String contract = CONTRACT;
        contract =
                contract.replace(
                        "{name: email, logicalType: string}",
                        "{name: email, logicalType: string, quality: ["
                                + inline(COLUMN_RULES)
                                + "]}");
        contract =
                contract.replace(
                        "{name: status, logicalType: string}",
                        "{name: status, logicalType: string, quality: [{name: known status, metric:"
                            + " invalidValues, arguments: {validValues: [new, paid, shipped,"
                            + " returned]}, mustBe: 0}, {name: status there, metric: missingValues,"
                            + " arguments: {missingValues: [null, '', 'N/A']}, mustBe: 0}]}");
        String descriptor =
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: bench.orders
                name: orders
                version: 1.0.0
                status: active
                outputPorts:
                  - {name: orders, version: 1.0.0, contractId: bench.orders}
                """;
        Domain domain =
                new Domain(
                        PRODUCT.domain(),
                        RegionName.parse("aws/us-east-1"),
                        "bench@example.com",
                        Optional.empty(),
                        new Source("domain.yaml", new byte[0]));
        ledger.apply(
                ledger.revision(),
                List.of(
                        new Change.PutDomain(domain),
                        new Change.PutProduct(
                                new ProductSpecReader()
                                        .read(PRODUCT, source(descriptor), source(contract)))));
    }

    private static String inline(String entries) {
        return entries.strip().replaceAll("\\s*\n\\s*- ", ", ").replaceFirst("^- ", "");
    }

    private static Source source(String text) {
        return new Source("bench.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
