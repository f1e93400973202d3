package dev.sheaf.node;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// What the stock Flight SQL JDBC driver reads, each row's cells joined by `|`.
final class JdbcRows {
    private JdbcRows() {}

    static Connection connect(Node node, String token) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("token", token);
        return connect(node, properties);
    }

    /// @param properties more of the connection
    static Connection connect(Node node, Properties properties) throws SQLException {
        properties.setProperty("useEncryption", "false");
        return DriverManager.getConnection(
                "jdbc:arrow-flight-sql://127.0.0.1:" + node.flightSql().orElseThrow().getPort(),
                properties);
    }

    static List<String> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return read(rows);
        }
    }

    static List<String> of(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return read(rows);
        }
    }

    /// `domain|product|type` of what matches.
    static List<String> tables(
            Connection connection, @Nullable String catalog, String schema, String table)
            throws SQLException {
        try (ResultSet rows = tablesOf(connection, catalog, schema, table)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(2) + "|" + rows.getString(3) + "|" + rows.getString(4));
            }
            return found;
        }
    }

    @SuppressWarnings("NullAway") // JDBC takes null for any
    private static ResultSet tablesOf(
            Connection connection, @Nullable String catalog, String schema, String table)
            throws SQLException {
        return connection.getMetaData().getTables(catalog, schema, table, null);
    }

    /// Closes them.
    static List<String> all(ResultSet rows) throws SQLException {
        try (rows) {
            return read(rows);
        }
    }

    private static List<String> read(ResultSet rows) throws SQLException {
        List<String> all = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                cells.add(String.valueOf(rows.getObject(i)));
            }
            all.add(String.join("|", cells));
        }
        return all;
    }
}
