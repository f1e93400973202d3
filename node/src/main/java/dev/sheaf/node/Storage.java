package dev.sheaf.node;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.StoreConfig;
import dev.sheaf.node.config.LakeSettings;
import dev.sheaf.node.config.LedgerSettings;
import dev.sheaf.node.config.NodeConfig;
import dev.sheaf.node.governance.StorePlace;
import dev.sheaf.node.replicas.PeerFiles;
import dev.sheaf.node.replicas.ReplicaRoom;
import dev.sheaf.node.replicas.Replicas;
import dev.sheaf.node.tracing.Tracer;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ledger.DataDirectory;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.ledger.PostgresSettings;
import dev.sheaf.product.ledger.SpecReader;
import dev.sheaf.query.federation.TransferPrices;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Makes ledger and lake as configured.
final class Storage {
    private static final String LOCAL_STORE = "local";
    private static final Lake.TableName NO_TABLE = new Lake.TableName("sheaf-readiness", "none");

    private Storage() {}

    static Ledger ledger(
            LedgerSettings settings, DataDirectory data, SpecReader specs, Clock clock) {
        if (settings.database().isEmpty()) {
            return JdbcLedger.onSqlite(data.ledger(), specs, clock);
        }
        LakeSettings.Database database = settings.database().get();
        return JdbcLedger.onPostgres(
                new PostgresSettings(
                        database.url(),
                        database.user(),
                        database.password()::resolve,
                        settings.schema()),
                specs,
                clock);
    }

    static Lake lake(LakeSettings settings, DataDirectory data) {
        CatalogConfig catalog =
                settings.catalog()
                        .<CatalogConfig>map(database ->
                                new CatalogConfig.Postgres(
                                        database.url(), database.user(), database.password()))
                        .orElseGet(() -> new CatalogConfig.Sqlite(data.catalog()));
        return Lake.open(new LakeConfig(catalog, stores(settings, data), data.staging()));
    }

    /// Where tables of products without a location of their own lie, without a slash at its end.
    ///
    /// @throws Problem INVALID_CONFIGURATION when there is no such store
    static String defaultRoot(LakeSettings settings, DataDirectory data) {
        return stores(settings, data).stream()
                .filter(store -> store.name().equals(settings.defaultStore()))
                .filter(store -> !store.isReadOnly())
                .findFirst()
                .map(StoreConfig::root)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.INVALID_CONFIGURATION,
                                "lake.defaultStore is '"
                                        + settings.defaultStore()
                                        + "', but no store that is written has that name"));
    }

    /// Copies of other regions' products, which go to the default store.
    ///
    /// @param regions that this one has links with now
    /// @param deleted hears of files that are gone
    static Replicas replicas(
            NodeConfig config,
            DataDirectory data,
            Collection<RegionName> regions,
            PeerFiles peers,
            Lake lake,
            TransferPrices prices,
            Consumer<Collection<String>> deleted,
            Tracer tracer,
            Clock clock) {
        String root = defaultRoot(config.lake(), data);
        RegionName store =
                places(config.lake(), data, config.region()).stream()
                        .filter(place -> place.root().equals(root))
                        .map(StorePlace::region)
                        .findFirst()
                        .orElse(config.region());
        return Replicas.open(
                data.root().resolve("replicas").resolve("of"),
                regions,
                new ReplicaRoom(
                        peers,
                        lake,
                        config.region(),
                        store,
                        root,
                        configuredRoots(config.lake(), data),
                        config.replicas().releasesMax(),
                        config.replicas().rateMax().bytes(),
                        prices,
                        bytes ->
                                data.requireFree(
                                        new ByteSize(config.limits().diskFreeMin().bytes() + bytes),
                                        "copying a release"),
                        deleted,
                        new ReplicaRoom.Counters(),
                        new AtomicBoolean(),
                        tracer,
                        clock),
                config.replicas().interval());
    }

    private static List<String> configuredRoots(LakeSettings settings, DataDirectory data) {
        return stores(settings, data).stream()
                .filter(store ->
                        settings.stores().stream()
                                .anyMatch(said -> said.name().equals(store.name())))
                .map(StoreConfig::root)
                .toList();
    }

    /// All stores as policies are told of them.
    static List<StorePlace> places(LakeSettings settings, DataDirectory data, RegionName home) {
        List<StorePlace> places = new ArrayList<>();
        for (StoreConfig store : stores(settings, data)) {
            Optional<LakeSettings.Store> said =
                    settings.stores().stream()
                            .filter(configured -> configured.name().equals(store.name()))
                            .findFirst();
            places.add(
                    StorePlace.of(
                            store.root(),
                            store.properties(),
                            said.flatMap(LakeSettings.Store::region),
                            home,
                            said.flatMap(LakeSettings.Store::encryptedAtRest)));
        }
        return places;
    }

    /// The directories of local stores.
    static List<Path> localRoots(LakeSettings settings, DataDirectory data) {
        return stores(settings, data).stream()
                .map(store -> Lake.localFile(store.root()))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Asks the catalog something.
    static void look(Lake lake) {
        if (lake.table(NO_TABLE).isPresent()) {
            throw new IllegalStateException("the catalog knows a table that nobody makes");
        }
    }

    /// Those configured, and the data directory's own unless one of that name is configured.
    private static List<StoreConfig> stores(LakeSettings settings, DataDirectory data) {
        List<StoreConfig> stores = new ArrayList<>();
        for (LakeSettings.Store store : settings.stores()) {
            stores.add(
                    new StoreConfig(
                            store.name(),
                            store.root(),
                            store.properties(),
                            store.secrets(),
                            store.readOnly().orElse(false)));
        }
        if (stores.stream().noneMatch(store -> store.name().equals(LOCAL_STORE))) {
            stores.add(StoreConfig.local(LOCAL_STORE, data.warehouse()));
        }
        return stores;
    }
}
