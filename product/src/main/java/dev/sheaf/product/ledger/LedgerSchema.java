package dev.sheaf.product.ledger;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The ledger's tables and how they came to be, one entry of [#MIGRATIONS] per version.
///
/// Instants are microseconds since 1970, digests 64 hexadecimal digits. Documents are kept once per
/// content and never deleted: they are small, and history refers to them.
final class LedgerSchema {
    /// SQL in the words that SQLite and PostgreSQL share; `${bytes}` is the type of byte strings.
    private static final List<List<String>> MIGRATIONS =
            List.of(
                    List.of(
                            """
                            CREATE TABLE document (
                              digest TEXT PRIMARY KEY,
                              content ${bytes} NOT NULL)
                            """,
                            """
                            CREATE TABLE domain (
                              name TEXT PRIMARY KEY,
                              home_region TEXT NOT NULL,
                              owner TEXT NOT NULL,
                              description TEXT,
                              source_name TEXT NOT NULL,
                              digest TEXT NOT NULL REFERENCES document (digest))
                            """,
                            """
                            CREATE TABLE product (
                              domain TEXT NOT NULL REFERENCES domain (name),
                              name TEXT NOT NULL,
                              descriptor_name TEXT NOT NULL,
                              descriptor_digest TEXT NOT NULL REFERENCES document (digest),
                              contract_name TEXT NOT NULL,
                              contract_digest TEXT NOT NULL REFERENCES document (digest),
                              PRIMARY KEY (domain, name))
                            """,
                            """
                            CREATE TABLE contract_version (
                              domain TEXT NOT NULL,
                              product TEXT NOT NULL,
                              ordinal BIGINT NOT NULL,
                              version TEXT NOT NULL,
                              source_name TEXT NOT NULL,
                              digest TEXT NOT NULL REFERENCES document (digest),
                              applied_at BIGINT NOT NULL,
                              PRIMARY KEY (domain, product, ordinal))
                            """,
                            """
                            CREATE TABLE removed_product (
                              domain TEXT NOT NULL,
                              product TEXT NOT NULL,
                              removed_at BIGINT NOT NULL,
                              PRIMARY KEY (domain, product))
                            """,
                            """
                            CREATE TABLE run (
                              id TEXT PRIMARY KEY,
                              domain TEXT NOT NULL,
                              product TEXT NOT NULL,
                              state TEXT NOT NULL,
                              started_by TEXT NOT NULL,
                              started_at BIGINT NOT NULL,
                              finished_at BIGINT,
                              contract_version TEXT NOT NULL,
                              release BIGINT,
                              snapshot_id BIGINT,
                              rows_in BIGINT NOT NULL,
                              rows_published BIGINT NOT NULL,
                              rows_quarantined BIGINT NOT NULL,
                              score DOUBLE PRECISION,
                              report TEXT,
                              quarantine TEXT,
                              UNIQUE (domain, product, release))
                            """,
                            """
                            CREATE INDEX run_by_product
                              ON run (domain, product, started_at, id)
                            """,
                            "CREATE INDEX run_by_state ON run (state)",
                            """
                            CREATE TABLE run_input (
                              run_id TEXT NOT NULL REFERENCES run (id),
                              position BIGINT NOT NULL,
                              name TEXT NOT NULL,
                              digest TEXT NOT NULL,
                              bytes BIGINT NOT NULL,
                              PRIMARY KEY (run_id, position))
                            """,
                            "CREATE INDEX run_input_by_digest ON run_input (digest)",
                            """
                            CREATE TABLE rollback_event (
                              domain TEXT NOT NULL,
                              product TEXT NOT NULL,
                              at BIGINT NOT NULL,
                              release_from BIGINT NOT NULL,
                              release_to BIGINT NOT NULL,
                              done_by TEXT NOT NULL,
                              confirmed BIGINT NOT NULL,
                              PRIMARY KEY (domain, product, at))
                            """),
                    List.of(
                            """
                            CREATE TABLE removal (
                              id TEXT PRIMARY KEY,
                              domain TEXT NOT NULL,
                              product TEXT NOT NULL,
                              kind TEXT NOT NULL,
                              state TEXT NOT NULL,
                              done_by TEXT NOT NULL,
                              at BIGINT NOT NULL,
                              rewritten BIGINT NOT NULL,
                              snapshots TEXT NOT NULL,
                              files TEXT NOT NULL,
                              row_count BIGINT NOT NULL,
                              files_deleted BIGINT NOT NULL,
                              bytes_deleted BIGINT NOT NULL)
                            """,
                            "CREATE INDEX removal_by_product ON removal (domain, product, at)"));

    private LedgerSchema() {}

    /// Brings an empty or older database to the newest version, whole or not at all.
    ///
    /// @throws Problem INVALID_CONFIGURATION when a newer Sheaf wrote it
    static void migrate(ConnectionPool pool, Dialect dialect, String where) {
        pool.write(connection -> {
            dialect.lockForMigration(connection);
            int from = version(connection);
            if (from > MIGRATIONS.size()) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        "the ledger "
                                + where
                                + " has version "
                                + from
                                + ", this Sheaf knows up to "
                                + MIGRATIONS.size()
                                + ": use the Sheaf that wrote it, or a newer one");
            }
            for (List<String> migration : MIGRATIONS.subList(from, MIGRATIONS.size())) {
                run(connection, migration, dialect);
            }
            setVersion(connection, MIGRATIONS.size());
        });
    }

    private static void run(Connection connection, List<String> statements, Dialect dialect)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.replace("${bytes}", dialect.bytesType()));
            }
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE IF NOT EXISTS ledger (
                      id BIGINT PRIMARY KEY CHECK (id = 1),
                      schema_version BIGINT NOT NULL,
                      revision BIGINT NOT NULL)
                    """);
            statement.execute("INSERT INTO ledger VALUES (1, 0, 0) ON CONFLICT (id) DO NOTHING");
            try (ResultSet rows = statement.executeQuery("SELECT schema_version FROM ledger")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static void setVersion(Connection connection, int version) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE ledger SET schema_version = ? WHERE schema_version <> ?")) {
            update.setInt(1, version);
            update.setInt(2, version);
            update.executeUpdate();
        }
    }

    /// What the two databases do not share.
    interface Dialect {
        String bytesType();

        /// Makes a second process wait until the first has migrated.
        void lockForMigration(Connection connection) throws SQLException;
    }
}
