package dev.sheaf.lake;

import java.nio.file.Path;

/// The transactional catalog that holds each table's pointer to its current metadata.
public sealed interface CatalogConfig {
    /// A SQLite file of one node; its directory must exist.
    record Sqlite(Path file) implements CatalogConfig {}

    /// A PostgreSQL database that nodes may share.
    ///
    /// @param url `jdbc:postgresql://host:port/database`
    record Postgres(String url, String user, SecretReference password) implements CatalogConfig {}
}
