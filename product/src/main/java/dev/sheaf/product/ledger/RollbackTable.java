package dev.sheaf.product.ledger;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Ledger.Rollback;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Rows of rollbacks.
final class RollbackTable {
    private RollbackTable() {}

    static void put(Connection connection, Rollback rollback) throws SQLException {
        Statements.update(
                connection,
                """
                INSERT INTO rollback_event
                  (domain, product, at, release_from, release_to, done_by, confirmed)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (domain, product, at) DO UPDATE SET confirmed = excluded.confirmed
                """,
                rollback.product().domain().value(),
                rollback.product().name(),
                Statements.micros(rollback.at()),
                rollback.from(),
                rollback.to(),
                rollback.by(),
                rollback.isConfirmed() ? 1L : 0L);
    }

    static List<Rollback> newest(Connection connection, ProductName product) throws SQLException {
        return Statements.all(
                connection,
                """
                SELECT release_from, release_to, at, done_by, confirmed FROM rollback_event
                 WHERE domain = ? AND product = ? ORDER BY at DESC
                """,
                row ->
                        new Rollback(
                                product,
                                row.getLong(1),
                                row.getLong(2),
                                Statements.instant(row.getLong(3)),
                                row.getString(4),
                                row.getLong(5) == 1),
                product.domain().value(),
                product.name());
    }
}
