package dev.sheaf.lake.internal.store;

import dev.sheaf.lake.StoreConfig;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Configured stores, opened at first use.
final class StoreSet {
    private final List<StoreConfig> longestRootFirst;
    private final Map<StoreConfig, Store> open = new ConcurrentHashMap<>();

    StoreSet(List<StoreConfig> configs) {
        longestRootFirst =
                configs.stream()
                        .sorted(Comparator.comparingInt(config -> -config.root().length()))
                        .toList();
    }

    List<String> roots() {
        return longestRootFirst.stream().map(StoreConfig::root).sorted().toList();
    }

    Optional<StoreConfig> covering(String location) {
        return longestRootFirst.stream()
                .filter(config -> location.startsWith(config.root() + "/"))
                .findFirst();
    }

    Store open(StoreConfig config) {
        return open.computeIfAbsent(config, StoreSet::create);
    }

    /// The classes of a cloud are loaded when its branch first runs, not before.
    private static Store create(StoreConfig config) {
        return switch (config.scheme()) {
            case "file" -> new LocalStore();
            case "s3" -> S3Store.open(config);
            case "gs" -> GcsStore.open(config);
            case "abfss" -> AzureStore.open(config);
            default -> throw new IllegalStateException("unknown scheme of " + config.root());
        };
    }

    void close() {
        open.values().forEach(Store::close);
    }
}
