package dev.sheaf.product.ledger;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.TableHistory.StoredFile;
import dev.sheaf.product.Removal;
import dev.sheaf.product.Removal.Gone;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Rows of removals. Lists are texts of one line an entry, its parts separated by tabs; a location
/// has neither.
final class RemovalTable {
    private static final String COLUMNS =
            """
            SELECT id, domain, product, kind, state, done_by, at, rewritten, snapshots, files,
                   row_count, files_deleted, bytes_deleted
              FROM removal
            """;
    private static final String NONE = "-";

    private RemovalTable() {}

    static void put(Connection connection, Removal removal) throws SQLException {
        Statements.update(
                connection,
                """
                INSERT INTO removal
                  (id, domain, product, kind, state, done_by, at, rewritten, snapshots, files,
                   row_count, files_deleted, bytes_deleted)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET state = excluded.state,
                  snapshots = excluded.snapshots, files = excluded.files,
                  row_count = excluded.row_count, files_deleted = excluded.files_deleted,
                  bytes_deleted = excluded.bytes_deleted
                """,
                removal.id(),
                removal.product().domain().value(),
                removal.product().name(),
                removal.kind().name(),
                removal.state().name(),
                removal.by(),
                Statements.micros(removal.at()),
                removal.isRewrite() ? 1L : 0L,
                removal.snapshots().stream()
                        .map(RemovalTable::line)
                        .collect(Collectors.joining("\n")),
                removal.files().stream()
                        .map(file -> file.bytes() + "\t" + file.location())
                        .collect(Collectors.joining("\n")),
                removal.rows(),
                removal.filesDeleted(),
                removal.bytesDeleted());
    }

    static List<Removal> newest(Connection connection, ProductName product) throws SQLException {
        return Statements.all(
                connection,
                COLUMNS + " WHERE domain = ? AND product = ? ORDER BY at DESC, id DESC",
                RemovalTable::removal,
                product.domain().value(),
                product.name());
    }

    static List<Removal> unfinished(Connection connection) throws SQLException {
        return Statements.all(
                connection,
                COLUMNS + " WHERE state = ? ORDER BY at, id",
                RemovalTable::removal,
                Removal.State.PREPARED.name());
    }

    static void forget(Connection connection, ProductName product) throws SQLException {
        Statements.update(
                connection,
                "DELETE FROM removal WHERE domain = ? AND product = ?",
                product.domain().value(),
                product.name());
    }

    private static Removal removal(ResultSet row) throws SQLException {
        return new Removal(
                row.getString(1),
                new ProductName(new DomainName(row.getString(2)), row.getString(3)),
                Removal.Kind.valueOf(row.getString(4)),
                Removal.State.valueOf(row.getString(5)),
                row.getString(6),
                Statements.instant(row.getLong(7)),
                row.getLong(8) == 1,
                row.getString(9).lines().map(RemovalTable::gone).toList(),
                row.getString(10).lines().map(RemovalTable::file).toList(),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13));
    }

    private static String line(Gone gone) {
        return String.join(
                "\t",
                Long.toString(gone.snapshotId()),
                gone.parentId().map(String::valueOf).orElse(NONE),
                gone.release().isPresent() ? Long.toString(gone.release().getAsLong()) : NONE,
                gone.runId().isEmpty() ? NONE : gone.runId(),
                Boolean.toString(gone.isReplacement()));
    }

    private static Gone gone(String line) {
        String[] parts = line.split("\t", -1);
        return new Gone(
                Long.parseLong(parts[0]),
                parts[1].equals(NONE) ? Optional.empty() : Optional.of(Long.valueOf(parts[1])),
                parts[2].equals(NONE)
                        ? OptionalLong.empty()
                        : OptionalLong.of(Long.parseLong(parts[2])),
                parts[3].equals(NONE) ? "" : parts[3],
                Boolean.parseBoolean(parts[4]));
    }

    private static StoredFile file(String line) {
        int tab = line.indexOf('\t');
        return new StoredFile(line.substring(tab + 1), Long.parseLong(line.substring(0, tab)));
    }
}
