package dev.sheaf.query;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.FilesTable.Release;
import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.TableResolver.ResolvedTable;
import dev.sheaf.query.federation.Federation;
import dev.sheaf.query.federation.FederationLimits;
import dev.sheaf.query.federation.HeldReleases;
import dev.sheaf.query.federation.Regions;
import dev.sheaf.query.federation.RemoteCatalog;
import dev.sheaf.query.federation.RemoteProduct;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;
import dev.sheaf.query.federation.TransferPrices;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Products at home in three regions, in one process: each region answers with a query service of
/// its own, and one more has all products in one place, to compare with.
final class SplitMesh implements AutoCloseable {
    static final RegionName AWS = RegionName.parse("aws/us-east-1");
    static final RegionName AZURE = RegionName.parse("azure/westeurope");
    static final RegionName GCP = RegionName.parse("gcp/europe-west1");
    static final Caller CALLER = new Caller("ann", Set.of("analyst"), Set.of("*"), "research");

    private final Path folder;
    private final Path store;
    private final WorkerEngine engine;
    private final Map<ProductName, Table> tables = new TreeMap<>();
    private final Map<ProductName, Decision> decisions = new HashMap<>();
    private final Map<RegionName, QueryService> homes = new HashMap<>();
    private final List<QueryService> services = new CopyOnWriteArrayList<>();
    private final AtomicInteger queries = new AtomicInteger();

    /// Regions that cannot be reached.
    final Set<RegionName> dead = ConcurrentHashMap.newKeySet();

    /// Regions that die once they have begun to answer.
    final Set<RegionName> dying = ConcurrentHashMap.newKeySet();

    /// Regions that answer only once the latch is down.
    final Map<RegionName, CountDownLatch> slow = new ConcurrentHashMap<>();

    /// Regions that answer something else than they were asked: what they make of a statement.
    final Map<RegionName, UnaryOperator<String>> lying = new ConcurrentHashMap<>();

    /// Every sub-query that ran, as `region: sql`.
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /// How often a region was asked what a sub-query would mean.
    final AtomicInteger explained = new AtomicInteger();

    /// Answers that were begun and are not closed.
    final AtomicInteger open = new AtomicInteger();

    /// Products whose releases' files every region may read.
    final Set<ProductName> shared = ConcurrentHashMap.newKeySet();

    SplitMesh(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.store = Files.createDirectories(this.folder.resolve("store"));
        EngineConfig config = EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath());
        this.engine = new WorkerEngine(config.withWorkers(8, 1));
    }

    /// Adds a product whose releases have the rows of those queries.
    SplitMesh with(String name, RegionName home, String... releases) {
        Map<Long, Release> files = new TreeMap<>();
        List<ColumnContract> columns = new ArrayList<>();
        try (EngineSession session =
                engine.open(
                        new SessionSpec(
                                SessionSpec.Purpose.PUBLISH,
                                ByteSize.ofMebibytes(256),
                                1,
                                folder,
                                List.of(),
                                List.of(store)))) {
            for (String select : releases) {
                long number = files.size() + 1L;
                Path file = store.resolve(name + "-" + number + ".parquet");
                List<Types.NestedField> fields = new ArrayList<>();
                List<String> ids = new ArrayList<>();
                AtomicInteger nested = new AtomicInteger(1000);
                columns.clear();
                session.query("DESCRIBE " + select)
                        .rows()
                        .forEach(row -> {
                            String column = String.valueOf(row.get(0));
                            int id = fields.size() + 1;
                            ColumnType type =
                                    DuckTypes.parse(String.valueOf(row.get(1))).orElseThrow();
                            fields.add(
                                    Types.NestedField.optional(id, column, iceberg(type, nested)));
                            ids.add(fieldIds(fields.getLast()));
                            columns.add(contract(column, type));
                        });
                session.execute(
                        "COPY ("
                                + select
                                + ") TO "
                                + SqlTypes.text(file.toString())
                                + " (FORMAT parquet, FIELD_IDS {"
                                + String.join(", ", ids)
                                + "})");
                files.put(number, new Release(new Schema(fields), List.of(file)));
            }
        }
        ProductName product = ProductName.parse(name);
        tables.put(
                product,
                new Table(
                        home,
                        new TableContract(
                                product.name(),
                                Optional.empty(),
                                Optional.empty(),
                                columns,
                                List.of(),
                                Map.of()),
                        new FilesTable(name, files, (path, filter) -> true, new ArrayList<>())));
        return this;
    }

    /// Decides upon a product in its home, and where all is in one place.
    SplitMesh decided(String name, Decision decision) {
        decisions.put(ProductName.parse(name), decision);
        return this;
    }

    /// A service of a region that asks the others.
    QueryService coordinator(RegionName here) {
        return coordinator(here, FederationLimits.DEFAULT, HeldReleases.NONE);
    }

    QueryService coordinator(RegionName here, FederationLimits limits, HeldReleases held) {
        TransferPrices prices =
                (from, to, bytes) ->
                        new Money(
                                from.equals(to) ? BigDecimal.ZERO : BigDecimal.valueOf(bytes, 9),
                                "USD");
        return service(
                Optional.of(here),
                new Federation(
                        here,
                        new Elsewhere(here),
                        new InProcess(),
                        prices,
                        held,
                        (caller, product, home, to) -> true,
                        limits));
    }

    /// A service that has all products.
    QueryService together() {
        return service(Optional.empty(), Federation.alone(GCP));
    }

    QueryRequest request(String sql) {
        return QueryRequest.of("q" + queries.incrementAndGet(), sql, CALLER);
    }

    FilesTable table(String name) {
        return Optional.ofNullable(tables.get(ProductName.parse(name))).orElseThrow().files();
    }

    private QueryService service(Optional<RegionName> region, Federation federation) {
        QueryConfig base = QueryConfig.in(folder.resolve("scratch"));
        QueryConfig config =
                new QueryConfig(
                        base.scratch(),
                        ByteSize.ofMebibytes(256),
                        2,
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(50),
                        1_000_000,
                        ByteSize.ofMebibytes(64),
                        QueryConfig.STATEMENT_CHARACTERS_MAX,
                        16);
        QueryService service =
                new QueryService(
                        engine,
                        new Here(region),
                        (caller, product, table) ->
                                decisions.getOrDefault(
                                        product, new Decision.Allow(Map.of(), Optional.empty())),
                        new LocalFiles(List.of(store)),
                        config,
                        federation);
        services.add(service);
        return service;
    }

    private synchronized QueryService home(RegionName region) {
        return homes.computeIfAbsent(
                region, name -> service(Optional.of(name), Federation.alone(name)));
    }

    private static ColumnContract contract(String name, ColumnType type) {
        return new ColumnContract(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                type,
                false,
                false,
                false,
                0,
                OptionalInt.empty(),
                ValueConstraints.NONE,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                Map.of());
    }

    private static Type iceberg(ColumnType type, AtomicInteger ids) {
        return switch (type) {
            case ColumnType.Decimal decimal ->
                    Types.DecimalType.of(decimal.precision(), decimal.scale());
            case ColumnType.ListOf list ->
                    Types.ListType.ofOptional(ids.incrementAndGet(), iceberg(list.element(), ids));
            case ColumnType.Struct struct ->
                    Types.StructType.of(
                            struct.fields().stream()
                                    .map(field ->
                                            Types.NestedField.optional(
                                                    ids.incrementAndGet(),
                                                    field.name(),
                                                    iceberg(field.type(), ids)))
                                    .toList());
            case ColumnType.MapOf map ->
                    throw new IllegalArgumentException("no map in these tests: " + map);
            case ColumnType.Primitive primitive ->
                    switch (primitive) {
                        case BOOLEAN -> Types.BooleanType.get();
                        case INT -> Types.IntegerType.get();
                        case LONG -> Types.LongType.get();
                        case FLOAT -> Types.FloatType.get();
                        case DOUBLE -> Types.DoubleType.get();
                        case DATE -> Types.DateType.get();
                        case TIME -> Types.TimeType.get();
                        case TIMESTAMP -> Types.TimestampType.withoutZone();
                        case TIMESTAMP_TZ -> Types.TimestampType.withZone();
                        case STRING -> Types.StringType.get();
                        case UUID -> Types.UUIDType.get();
                        case BINARY -> Types.BinaryType.get();
                    };
        };
    }

    /// As FIELD_IDS of COPY.
    private static String fieldIds(Types.NestedField field) {
        String name = SqlTypes.name(field.name()) + ": ";
        if (field.type().isPrimitiveType()) {
            return name + field.fieldId();
        }
        return name
                + field.type().asNestedType().fields().stream()
                        .map(SplitMesh::fieldIds)
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "{__duckdb_field_id: " + field.fieldId() + ", ",
                                        "}"));
    }

    @Override
    public void close() {
        services.forEach(QueryService::close);
        engine.close();
    }

    private record Table(RegionName home, TableContract contract, FilesTable files) {
        Optional<Long> release(AsOf asOf) {
            long last =
                    files.releases().keySet().stream().mapToLong(Long::longValue).max().orElse(0);
            long number =
                    switch (asOf) {
                        case AsOf.Current() -> last;
                        case AsOf.Release(long wanted) -> wanted;
                        case AsOf.At _ -> 1;
                    };
            return files.releases().containsKey(number) ? Optional.of(number) : Optional.empty();
        }
    }

    /// What a region, or a place with all, has itself.
    private final class Here implements TableResolver {
        private final Optional<RegionName> region;

        Here(Optional<RegionName> region) {
            this.region = region;
        }

        private Optional<Table> table(ProductName name) {
            return Optional.ofNullable(tables.get(name))
                    .filter(table -> region.isEmpty() || region.get().equals(table.home()));
        }

        @Override
        public Optional<ResolvedTable> resolve(ProductName name, AsOf asOf) {
            return table(name)
                    .flatMap(table ->
                            table.release(asOf)
                                    .map(release ->
                                            new ResolvedTable(
                                                    name,
                                                    table.contract(),
                                                    table.files(),
                                                    release,
                                                    release)));
        }

        @Override
        public Optional<TableContract> contract(ProductName name) {
            return table(name).map(Table::contract);
        }

        @Override
        public List<ProductName> products() {
            return tables.keySet().stream().filter(name -> table(name).isPresent()).toList();
        }
    }

    /// What a region knows of the others.
    private final class Elsewhere implements RemoteCatalog {
        private final RegionName here;

        Elsewhere(RegionName here) {
            this.here = here;
        }

        @Override
        public Optional<RemoteProduct> find(ProductName name, AsOf asOf) {
            return Optional.ofNullable(tables.get(name))
                    .filter(table -> !table.home().equals(here))
                    .flatMap(table ->
                            table.release(asOf)
                                    .map(release ->
                                            new RemoteProduct(
                                                    name,
                                                    table.home(),
                                                    table.contract(),
                                                    release,
                                                    OptionalLong.empty(),
                                                    OptionalLong.empty(),
                                                    "r1",
                                                    Duration.ZERO)));
        }

        @Override
        public List<ProductName> products() {
            return List.copyOf(tables.keySet());
        }
    }

    private final class InProcess implements Regions {
        @Override
        public SubQueryPlan explain(RegionName region, SubQuery query) {
            requireAlive(region);
            QueryService home = home(region);
            explained.incrementAndGet();
            List<TableRead> reads = new ArrayList<>();
            long rows = 0;
            String count = "SELECT count(*) AS n FROM (" + query.sql() + ")";
            try (QueryRun run =
                    home.run(
                            QueryRequest.of("explain-" + query.id(), count, CALLER),
                            new ReadListener() {
                                @Override
                                public void reading(List<TableRead> all) {
                                    reads.addAll(all);
                                }

                                @Override
                                public void refused(ProductName product) {
                                    // nothing here is refused
                                }
                            })) {
                for (String row : Results.rows(run)) {
                    rows = Long.parseLong(row);
                }
            }
            return new SubQueryPlan(
                    reads.stream()
                            .map(read ->
                                    new SubQueryPlan.Table(
                                            read.product(),
                                            read.release(),
                                            OptionalLong.empty(),
                                            OptionalLong.of(10),
                                            read.masked(),
                                            read.isFiltered(),
                                            "may go to the coordinator's region",
                                            "r1",
                                            shared.contains(read.product())))
                            .toList(),
                    OptionalLong.of(rows));
        }

        @Override
        public ArrowResult run(RegionName region, SubQuery query) {
            requireAlive(region);
            CountDownLatch latch = slow.get(region);
            if (latch != null) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new Problem(
                            ProblemCode.CANCELLED, "the region " + region + " was not awaited", e);
                }
            }
            asked.add(region + ": " + query.sql());
            ArrowResult rows =
                    home(region)
                            .run(
                                    new QueryRequest(
                                            query.id(),
                                            lying.getOrDefault(region, UnaryOperator.identity())
                                                    .apply(query.sql()),
                                            CALLER,
                                            Optional.of(query.timeout()),
                                            OptionalLong.empty()));
            open.incrementAndGet();
            return dying.contains(region)
                    ? new MortalResult(rows, region, open)
                    : new WatchedResult(rows, open);
        }

        private void requireAlive(RegionName region) {
            if (dead.contains(region)) {
                throw new Problem(
                        ProblemCode.UNAVAILABLE, "the region " + region + " cannot be reached");
            }
        }
    }
}
