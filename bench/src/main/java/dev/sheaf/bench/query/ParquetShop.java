package dev.sheaf.bench.query;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryConfig;
import dev.sheaf.query.TablePolicy;
import dev.sheaf.query.TableResolver;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shop as Parquet files with field ids, and as products `shop.…` over them that everybody may
/// read as they are.
final class ParquetShop implements TableResolver, TablePolicy {
    private static final DomainName DOMAIN = new DomainName("shop");
    private static final long SNAPSHOT = 1;

    private final Path folder;
    private final Map<String, Schema> schemas = new LinkedHashMap<>();

    private ParquetShop(Path folder) {
        this.folder = folder;
    }

    /// Writes what is not there yet.
    static ParquetShop in(Path folder, double scale, Connection connection)
            throws SQLException, IOException {
        Files.createDirectories(folder);
        ParquetShop shop = new ParquetShop(folder.toRealPath());
        for (Map.Entry<String, String> table : new Shop(scale).tables().entrySet()) {
            shop.write(table.getKey(), table.getValue(), connection);
        }
        return shop;
    }

    List<String> tables() {
        return List.copyOf(schemas.keySet());
    }

    Path file(String table) {
        return folder.resolve(table + ".parquet");
    }

    long bytes() {
        long sum = 0;
        for (String table : tables()) {
            try {
                sum += Files.size(file(table));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sum;
    }

    /// The tables as views `shop.…` of a DuckDB that may use as much as a worker.
    void views(Connection bare, ByteSize memory, int threads) throws SQLException {
        try (Statement statement = bare.createStatement()) {
            statement.execute("SET threads = " + threads);
            statement.execute("SET memory_limit = '" + memory.bytes() + "B'");
            statement.execute("CREATE SCHEMA shop");
            for (String table : tables()) {
                statement.execute(
                        "CREATE VIEW shop.%s AS FROM read_parquet('%s')"
                                .formatted(table, file(table)));
            }
        }
    }

    /// Of a query service that is measured, with the usual limits.
    ///
    /// @param folder for what the service spills
    /// @param timeMax of a statement
    static QueryConfig config(Path folder, ByteSize memory, int threads, Duration timeMax)
            throws IOException {
        return new QueryConfig(
                folder.toRealPath().resolve("scratch"),
                memory,
                threads,
                timeMax,
                timeMax,
                QueryConfig.ROWS_MAX,
                QueryConfig.BYTES_MAX,
                QueryConfig.STATEMENT_CHARACTERS_MAX,
                QueryConfig.PRUNE_FILES_MIN);
    }

    @Override
    public Optional<ResolvedTable> resolve(ProductName name, AsOf asOf) {
        Schema schema = schemas.get(name.name());
        if (schema == null || !name.domain().equals(DOMAIN)) {
            return Optional.empty();
        }
        TableContract contract =
                new TableContract(
                        name.name(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Map.of());
        LakeTable table = new OneFileTable(name.toString(), schema, file(name.name()));
        return Optional.of(new ResolvedTable(name, contract, table, SNAPSHOT, 1));
    }

    @Override
    public Optional<TableContract> contract(ProductName name) {
        return resolve(name, new AsOf.Current()).map(ResolvedTable::contract);
    }

    @Override
    public List<ProductName> products() {
        return tables().stream().map(table -> new ProductName(DOMAIN, table)).toList();
    }

    @Override
    public Decision decide(Caller caller, ProductName product, TableContract table) {
        return new Decision.Allow(Map.of(), Optional.empty());
    }

    private void write(String table, String select, Connection connection) throws SQLException {
        List<Types.NestedField> fields = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE " + select)) {
            while (columns.next()) {
                int id = fields.size() + 1;
                String name = columns.getString("column_name");
                fields.add(
                        Types.NestedField.optional(
                                id, name, type(columns.getString("column_type"))));
                ids.add(name + ": " + id);
            }
        }
        schemas.put(table, new Schema(fields));
        if (!Files.exists(file(table))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "COPY ("
                                + select
                                + ") TO '"
                                + file(table)
                                + "' (FORMAT parquet, COMPRESSION zstd, FIELD_IDS {"
                                + String.join(", ", ids)
                                + "})");
            }
        }
    }

    private static Type type(String name) {
        return switch (name) {
            case "INTEGER" -> Types.IntegerType.get();
            case "BIGINT" -> Types.LongType.get();
            case "VARCHAR" -> Types.StringType.get();
            case "DATE" -> Types.DateType.get();
            case "DECIMAL(15,2)" -> Types.DecimalType.of(15, 2);
            default -> throw new IllegalArgumentException("no type for " + name);
        };
    }
}
