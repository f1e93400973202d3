package dev.sheaf.query;

import static org.apache.iceberg.types.Types.NestedField.optional;

import dev.sheaf.contract.TableContract;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.FilesTable.Release;
import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.TableResolver.ResolvedTable;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/// Products for tests: `sales.orders` with three releases, `customer.customers` with a mask and a
/// row filter, `finance.purchase-orders`, `archive.orders`, an empty one, one of many files, one
/// that nobody may read.
final class ExampleMesh implements TableResolver, TablePolicy, AutoCloseable {
    static final Caller CALLER = new Caller("ann", Set.of(), Set.of("*"), "");
    static final String SECRET = "salary-of-the-director";

    private static final Schema ORDERS =
            new Schema(
                    optional(1, "id", Types.LongType.get()),
                    optional(2, "customer", Types.StringType.get()),
                    optional(3, "amount", Types.DecimalType.of(9, 2)));

    final Path folder;
    final Path store;
    final WorkerEngine engine;
    final Map<ProductName, FilesTable> tables = new TreeMap<>();
    final Map<ProductName, Integer> decisions = new HashMap<>();
    private final AtomicInteger queries = new AtomicInteger();

    ExampleMesh(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.store = Files.createDirectories(this.folder.resolve("store"));
        this.engine =
                new WorkerEngine(
                        EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath()));
        try (EngineSession session =
                engine.open(
                        new SessionSpec(
                                SessionSpec.Purpose.PUBLISH,
                                ByteSize.ofMebibytes(256),
                                1,
                                this.folder,
                                List.of(),
                                List.of(store)))) {
            write(session);
        }
    }

    private void write(EngineSession session) {
        Path one = file("orders-1");
        Path two = file("orders-2");
        session.execute(
                "COPY (SELECT 1::INTEGER AS id, 'a' AS client UNION ALL SELECT 2, 'b') TO '"
                        + one
                        + "' (FORMAT parquet, FIELD_IDS {id: 1, client: 2})");
        session.execute(
                "COPY (SELECT 3::BIGINT AS id, 'c' AS customer, 9.50::DECIMAL(9,2) AS amount) TO '"
                        + two
                        + "' (FORMAT parquet, FIELD_IDS {id: 1, customer: 2, amount: 3})");
        Schema first =
                new Schema(
                        optional(1, "id", Types.IntegerType.get()),
                        optional(2, "client", Types.StringType.get()));
        Map<Long, Release> releases = new LinkedHashMap<>();
        releases.put(1L, new Release(first, List.of(one)));
        releases.put(2L, new Release(ORDERS, List.of(one, two)));
        releases.put(3L, new Release(ORDERS, List.of(two)));
        add("sales.orders", releases, (path, filter) -> true);
        add("archive.orders", Map.of(1L, new Release(ORDERS, List.of(two))), (p, f) -> true);
        add(
                "finance.purchase-orders",
                Map.of(1L, new Release(ORDERS, List.of(two))),
                (p, f) -> true);
        add("sales.unreleased", Map.of(), (p, f) -> true);
        add("sales.nothing", Map.of(1L, new Release(ORDERS, List.of())), (p, f) -> true);

        Path customers = file("customers");
        session.execute(
                "COPY (SELECT * FROM (VALUES (1, 'ann@example.org', 'EU', {'street': 'A', 'no':"
                        + " 1}), (2, 'bob@example.org', 'US', {'street': 'B', 'no': 2}), (3, '"
                        + SECRET
                        + "', 'EU', NULL)) t(id, email, area, address)) TO '"
                        + customers
                        + "' (FORMAT parquet, FIELD_IDS {id: 1, email: 2, area: 3, address:"
                        + " {__duckdb_field_id: 4, street: 5, no: 6}})");
        Schema people =
                new Schema(
                        optional(1, "id", Types.IntegerType.get()),
                        optional(2, "email", Types.StringType.get()),
                        optional(3, "area", Types.StringType.get()),
                        optional(
                                4,
                                "address",
                                Types.StructType.of(
                                        optional(5, "street", Types.StringType.get()),
                                        optional(6, "no", Types.IntegerType.get()))));
        add(
                "customer.customers",
                Map.of(1L, new Release(people, List.of(customers))),
                (p, f) -> true);
        add("hr.salaries", Map.of(1L, new Release(people, List.of(customers))), (p, f) -> true);
        add("hr.reviews", Map.of(1L, new Release(people, List.of(customers))), (p, f) -> true);

        List<Path> parts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Path part = file("part-" + i);
            parts.add(part);
            session.execute(
                    "COPY (SELECT i::BIGINT AS id, 'n' || i AS name, DATE '2024-01-01' + i::INTEGER"
                            + " AS day FROM range("
                            + i * 10
                            + ", "
                            + (i + 1) * 10
                            + ") t(i)) TO '"
                            + part
                            + "' (FORMAT parquet, FIELD_IDS {id: 1, name: 2, day: 3})");
        }
        Schema events =
                new Schema(
                        optional(1, "id", Types.LongType.get()),
                        optional(2, "name", Types.StringType.get()),
                        optional(3, "day", Types.DateType.get()));
        add("web.events", Map.of(1L, new Release(events, parts)), new PartStatistics(events));
    }

    private Path file(String name) {
        return store.resolve(name + ".parquet");
    }

    private void add(
            String name, Map<Long, Release> releases, BiPredicate<Path, Expression> matches) {
        tables.put(
                ProductName.parse(name),
                new FilesTable(
                        name, releases, matches, Collections.synchronizedList(new ArrayList<>())));
    }

    QueryService service() {
        return service(config());
    }

    QueryService service(QueryConfig config) {
        return new QueryService(engine, this, this, new LocalFiles(List.of(store)), config);
    }

    QueryConfig config() {
        QueryConfig config = QueryConfig.in(folder.resolve("scratch"));
        return new QueryConfig(
                config.scratch(),
                ByteSize.ofMebibytes(256),
                2,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                1_000_000,
                ByteSize.ofMebibytes(64),
                20_000,
                16);
    }

    QueryRequest request(String sql) {
        return QueryRequest.of("q" + queries.incrementAndGet(), sql, CALLER);
    }

    @Override
    public Optional<TableContract> contract(ProductName name) {
        return tables.containsKey(name) ? Optional.of(contractOf(name)) : Optional.empty();
    }

    @Override
    public Optional<ResolvedTable> resolve(ProductName name, AsOf asOf) {
        FilesTable table = tables.get(name);
        if (table == null) {
            return Optional.empty();
        }
        long current =
                table.releases().keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        long release =
                switch (asOf) {
                    case AsOf.Current() -> Math.min(current, 2);
                    case AsOf.Release(long number) -> number;
                    case AsOf.At(Instant instant) ->
                            instant.isBefore(Instant.parse("2024-01-01T00:00:00Z")) ? 1 : current;
                };
        if (!table.releases().containsKey(release)) {
            return Optional.empty();
        }
        return Optional.of(new ResolvedTable(name, contractOf(name), table, release, release));
    }

    private static TableContract contractOf(ProductName name) {
        return new TableContract(
                name.name(), Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of());
    }

    @Override
    public List<ProductName> products() {
        return List.copyOf(tables.keySet());
    }

    @Override
    public Decision decide(Caller caller, ProductName product, TableContract table) {
        decisions.merge(product, 1, Integer::sum);
        return switch (product.toString()) {
            case "hr.salaries" -> new Decision.Deny();
            case "hr.reviews" -> new Decision.Refuse("say for what");
            case "customer.customers" ->
                    new Decision.Allow(
                            Map.of("email", "left(email, 1) || '***MASKED'"),
                            Optional.of("area = 'EU' AND 'FILTERTEXT' <> ''"));
            default -> new Decision.Allow(Map.of(), Optional.empty());
        };
    }

    @Override
    public void close() {
        engine.close();
    }
}
