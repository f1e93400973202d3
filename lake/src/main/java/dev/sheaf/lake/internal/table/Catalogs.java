package dev.sheaf.lake.internal.table;

import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;

import java.util.HashMap;
import java.util.Map;

/// Opens Iceberg's JDBC catalog on SQLite or PostgreSQL.
final class Catalogs {
    /// The catalog's name within its database.
    private static final String NAME = "sheaf";

    /// Manifests are immutable and small: kept in memory, planning reads none of them again.
    private static final Map<String, String> FILES =
            Map.of(
                    "io.manifest.cache-enabled", "true",
                    "io.manifest.cache.max-total-bytes", Long.toString(64L << 20),
                    "io.manifest.cache.expiration-interval-ms", Long.toString(10L * 60 * 1000));

    private Catalogs() {}

    static JdbcCatalog open(CatalogConfig config, RoutedFiles files) {
        Map<String, String> properties = new HashMap<>();
        // tables always say where they lie; this is never used
        properties.put("warehouse", "sheaf:none");
        properties.put("jdbc.schema-version", "V1");
        properties.putAll(connection(config));
        JdbcCatalog catalog = new JdbcCatalog(_ -> checked(files), null, true);
        catalog.initialize(NAME, properties);
        return catalog;
    }

    /// The stores for use by iceberg-core.
    static FileIO checked(RoutedFiles files) {
        return files.forIceberg(FILES, CheckedMetadata::of);
    }

    private static Map<String, String> connection(CatalogConfig config) {
        return switch (config) {
            case CatalogConfig.Sqlite sqlite ->
                    Map.of(
                            "uri", "jdbc:sqlite:" + sqlite.file().toAbsolutePath(),
                            "jdbc.journal_mode", "WAL",
                            "jdbc.synchronous", "FULL",
                            "jdbc.busy_timeout", "10000");
            case CatalogConfig.Postgres postgres ->
                    Map.of(
                            "uri", postgres.url(),
                            "jdbc.user", postgres.user(),
                            "jdbc.password", postgres.password().resolve(),
                            "jdbc.connectTimeout", "5",
                            "jdbc.socketTimeout", "30");
        };
    }
}
