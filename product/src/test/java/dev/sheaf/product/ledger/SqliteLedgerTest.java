package dev.sheaf.product.ledger;

import dev.sheaf.product.Ledger;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

final class SqliteLedgerTest extends LedgerContract {
    @TempDir private Path folder;

    @Override
    Ledger open() {
        return JdbcLedger.onSqlite(folder.resolve("ledger.db"), LedgerSamples::read, NOON);
    }
}
