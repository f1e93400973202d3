package dev.sheaf.product.ledger;

import org.postgresql.ds.PGSimpleDataSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// PostgreSQL, in a schema of its own. A commit is on the server's disk before it returns
/// (`synchronous_commit=on`, whatever the server's default).
final class PostgresDatabase implements LedgerSchema.Dialect {
    private static final int CONNECT_SECONDS_MAX = 10;
    private static final int SOCKET_SECONDS_MAX = 60;
    private static final long MIGRATION_LOCK = 0x7368656166L;

    private final String schema;

    private PostgresDatabase(String schema) {
        this.schema = schema;
    }

    static ConnectionPool open(PostgresSettings settings) {
        String where = settings.toString();
        ConnectionPool pool = new ConnectionPool(where, () -> connect(settings));
        LedgerSchema.migrate(pool, new PostgresDatabase(settings.schema()), where);
        return pool;
    }

    private static Connection connect(PostgresSettings settings) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password().get());
        source.setCurrentSchema(settings.schema());
        source.setApplicationName("sheaf-ledger");
        source.setConnectTimeout(CONNECT_SECONDS_MAX);
        source.setSocketTimeout(SOCKET_SECONDS_MAX);
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String bytesType() {
        return "BYTEA";
    }

    @Override
    public void lockForMigration(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                        connection.prepareStatement("SELECT pg_advisory_xact_lock(?)");
                Statement create = connection.createStatement()) {
            lock.setLong(1, MIGRATION_LOCK);
            lock.execute();
            create.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        }
    }
}
