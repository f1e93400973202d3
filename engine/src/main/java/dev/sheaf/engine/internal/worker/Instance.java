package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.internal.SessionSettings;

import org.duckdb.DuckDBConnection;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/// An in-memory DuckDB that can reach only what its settings name: no network, no extensions, no
/// other files.
///
/// A locked instance keeps even trusted SQL from changing a setting, except the harmless ones in
/// [#CHANGEABLE], which planning and streaming need.
final class Instance implements AutoCloseable {
    static final List<String> CHANGEABLE =
            List.of(
                    "disabled_optimizers",
                    "enable_progress_bar",
                    "enable_progress_bar_print",
                    "jdbc_stream_results");

    private final SessionSettings settings;
    private final DuckDBConnection root;

    Instance(SessionSettings settings) throws SQLException {
        this.settings = settings;
        this.root =
                DriverManager.getConnection("jdbc:duckdb:", new Properties())
                        .unwrap(DuckDBConnection.class);
        Functions.register(root);
        try (Statement statement = root.createStatement()) {
            for (String sql : setUp()) {
                statement.execute(sql);
            }
        }
    }

    SessionSettings settings() {
        return settings;
    }

    DuckDBConnection connect() throws SQLException {
        DuckDBConnection connection = root.duplicate();
        try (Statement statement = connection.createStatement()) {
            statement.execute("RESET disabled_optimizers");
            statement.execute("SET enable_progress_bar = true");
            statement.execute("SET enable_progress_bar_print = false");
        }
        return connection;
    }

    @Override
    public void close() throws SQLException {
        root.close();
    }

    private List<String> setUp() {
        String spill = settings.spillFolder(ProcessHandle.current().pid());
        List<String> statements = new ArrayList<>();
        statements.add("SET TimeZone = 'UTC'");
        statements.add("SET memory_limit = '" + settings.memoryBytesMax() + "B'");
        statements.add("SET threads = " + settings.threads());
        statements.add("SET temp_directory = " + literal(spill));
        statements.add("SET max_temp_directory_size = '" + settings.spillBytesMax() + "B'");
        statements.add("SET autoinstall_known_extensions = false");
        statements.add("SET autoload_known_extensions = false");
        statements.add("SET allow_community_extensions = false");
        statements.add("SET allow_persistent_secrets = false");
        statements.add("SET allowed_paths = " + literals(settings.files()));
        statements.add("SET allowed_directories = " + literals(settings.directories()));
        statements.add("SET enable_external_access = false");
        if (settings.locked()) {
            statements.add("SET allowed_configs = " + literals(CHANGEABLE));
            statements.add("SET parquet_metadata_cache = true"); // what queries read never changes
            statements.add("SET lock_configuration = true");
        }
        return statements;
    }

    private static String literals(List<String> values) {
        return values.stream().map(Instance::literal).collect(Collectors.joining(",", "[", "]"));
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
