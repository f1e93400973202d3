package dev.sheaf.bench.query;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.Engine;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.Caller;
import dev.sheaf.query.LocalFiles;
import dev.sheaf.query.QueryConfig;
import dev.sheaf.query.QueryEstimate;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.ReadListener;
import dev.sheaf.query.TableResolver;
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

import org.apache.iceberg.types.Types;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The shop with its tables at home in several regions, in one process: each region has a query
/// service of its own, and what crosses a border is counted as Arrow streams would carry it.
final class SplitShop implements AutoCloseable {
    static final Caller CALLER = new Caller("bench", Set.of("analyst"), Set.of("*"), "research");
    private static final int PRICE_SCALE = 11;

    private final ParquetShop shop;
    private final Map<String, RegionName> homes;
    private final Engine engine;
    private final Path store;
    private final QueryConfig config;
    private final long linkBytesPerSecond;
    private final Map<RegionName, QueryService> services = new HashMap<>();
    private final AtomicLong crossed = new AtomicLong();

    /// @param homes of the tables, by name
    /// @param linkBytesPerSecond between regions; zero for links that take no time
    SplitShop(
            ParquetShop shop,
            Map<String, RegionName> homes,
            Engine engine,
            Path store,
            QueryConfig config,
            long linkBytesPerSecond) {
        this.linkBytesPerSecond = linkBytesPerSecond;
        this.shop = shop;
        this.homes = homes;
        this.engine = engine;
        this.store = store;
        this.config = config;
    }

    /// Bytes that have crossed borders since the last time.
    long takeCrossed() {
        return crossed.getAndSet(0);
    }

    /// The service of a region.
    synchronized QueryService service(RegionName here) {
        return services.computeIfAbsent(
                here,
                region ->
                        new QueryService(
                                engine,
                                new Here(region),
                                shop,
                                new LocalFiles(List.of(store)),
                                config,
                                new Federation(
                                        region,
                                        new Elsewhere(region),
                                        new InProcess(),
                                        (from, to, bytes) ->
                                                new Money(
                                                        BigDecimal.valueOf(bytes, PRICE_SCALE),
                                                        "USD"),
                                        HeldReleases.NONE,
                                        (caller, product, home, to) -> true,
                                        FederationLimits.DEFAULT)));
    }

    @Override
    public void close() {
        services.values().forEach(QueryService::close);
    }

    private boolean isAt(ProductName name, RegionName region) {
        return region.equals(homes.get(name.name()));
    }

    private static TableContract contract(ResolvedTable table) {
        return table.contract()
                .with(
                        table.table().schema(table.snapshotId()).columns().stream()
                                .map(SplitShop::column)
                                .toList(),
                        Map.of());
    }

    private static ColumnContract column(Types.NestedField field) {
        ColumnType type = DuckTypes.parse(dev.sheaf.lake.SqlTypes.name(field.type())).orElseThrow();
        return new ColumnContract(
                field.name(),
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

    private final class Here implements TableResolver {
        private final RegionName region;

        Here(RegionName region) {
            this.region = region;
        }

        @Override
        public Optional<ResolvedTable> resolve(ProductName name, AsOf asOf) {
            return isAt(name, region) ? shop.resolve(name, asOf) : Optional.empty();
        }

        @Override
        public Optional<TableContract> contract(ProductName name) {
            return isAt(name, region) ? shop.contract(name) : Optional.empty();
        }

        @Override
        public List<ProductName> products() {
            return shop.products().stream().filter(name -> isAt(name, region)).toList();
        }
    }

    private final class Elsewhere implements RemoteCatalog {
        private final RegionName region;

        Elsewhere(RegionName region) {
            this.region = region;
        }

        @Override
        public Optional<RemoteProduct> find(ProductName name, AsOf asOf) {
            RegionName home = homes.get(name.name());
            return home == null || home.equals(region)
                    ? Optional.empty()
                    : shop.resolve(name, asOf)
                            .map(table ->
                                    new RemoteProduct(
                                            name,
                                            home,
                                            contract(table),
                                            table.release(),
                                            OptionalLong.empty(),
                                            OptionalLong.empty(),
                                            "",
                                            Duration.ZERO));
        }

        @Override
        public List<ProductName> products() {
            return shop.products().stream().filter(name -> !isAt(name, region)).toList();
        }
    }

    private final class InProcess implements Regions {
        @Override
        public SubQueryPlan explain(RegionName region, SubQuery query) {
            QueryEstimate estimate =
                    service(region).estimate(request("explain-", query), ReadListener.NONE);
            return new SubQueryPlan(
                    estimate.tables().stream()
                            .map(table ->
                                    new SubQueryPlan.Table(
                                            table.read().product(),
                                            table.read().release(),
                                            OptionalLong.of(table.rows()),
                                            OptionalLong.of(table.bytes()),
                                            table.read().masked(),
                                            table.read().isFiltered(),
                                            "may go",
                                            "",
                                            false))
                            .toList(),
                    estimate.rows());
        }

        @Override
        public ArrowResult run(RegionName region, SubQuery query) {
            return new CrossingRows(
                    service(region).run(request("", query)), crossed, linkBytesPerSecond);
        }

        private QueryRequest request(String prefix, SubQuery query) {
            return new QueryRequest(
                    prefix + query.id(),
                    query.sql(),
                    CALLER,
                    Optional.of(query.timeout()),
                    OptionalLong.empty());
        }
    }
}
