package dev.sheaf.node.config;

import dev.sheaf.product.ledger.PostgresSettings;

import java.util.Optional;

/// Where declarations and runs are recorded.
public record LedgerSettings(
        @Setting("A PostgreSQL database; without it, a SQLite file in the data directory.")
                Optional<LakeSettings.Database> database,
        @Setting(
                        value = "Schema of its tables in PostgreSQL, one for each region.",
                        fallback = PostgresSettings.DEFAULT_SCHEMA)
                String schema) {}
