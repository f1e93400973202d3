package dev.sheaf.product.ledger;

import dev.sheaf.product.Ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;

/// The contract on a PostgreSQL server of the test's own; each test has its own schema.
final class PostgresLedgerTest extends LedgerContract {
    private static EmbeddedPostgres server;
    private static int schemas;

    private String schema;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().setConnectConfig("connectTimeout", "20").start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    @Override
    void openLedger() {
        schema = "ledger_" + ++schemas;
        super.openLedger();
    }

    @Override
    Ledger open() {
        String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
        return JdbcLedger.onPostgres(
                new PostgresSettings(url, "postgres", () -> "postgres", schema),
                LedgerSamples::read,
                NOON);
    }
}
