package dev.sheaf.lake.internal.table;

import dev.sheaf.contract.TableContract;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.TableCopies;
import dev.sheaf.lake.TableHistory;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tables of a JDBC catalog.
public final class IcebergLake implements Lake {
    /// Iceberg v2; old metadata files are deleted, a busy table's commits are tried again for a
    /// while.
    static final Map<String, String> TABLE_PROPERTIES =
            Map.of(
                    "format-version",
                    "2",
                    "write.metadata.delete-after-commit.enabled",
                    "true",
                    Rewrites.VERSIONS_MAX,
                    Integer.toString(Rewrites.VERSIONS_KEPT),
                    "commit.retry.num-retries",
                    "20",
                    "commit.retry.min-wait-ms",
                    "20",
                    "commit.retry.max-wait-ms",
                    "1000");

    private final JdbcCatalog catalog;
    private final RoutedFiles files;
    private final Path staging;

    private IcebergLake(JdbcCatalog catalog, RoutedFiles files, Path staging) {
        this.catalog = catalog;
        this.files = files;
        this.staging = staging;
    }

    public static Lake open(LakeConfig config) {
        RoutedFiles files = RoutedFiles.over(config.stores());
        return Boundary.run(
                "the catalog",
                () ->
                        new IcebergLake(
                                Catalogs.open(config.catalog(), files), files, config.staging()));
    }

    @Override
    public FileIO files() {
        return files;
    }

    @Override
    public Path staging() {
        return staging;
    }

    @Override
    public void upload(Path local, String location) {
        files.upload(local, location);
    }

    @Override
    public long deletePrefix(String location) {
        if (!location.endsWith("/")) {
            throw new IllegalArgumentException("a prefix to delete ends with '/': " + location);
        }
        long count = files.listPrefix(location).size();
        files.deletePrefix(location);
        return count;
    }

    @Override
    public Optional<LakeTable> table(TableName name) {
        return Boundary.run(name.toString(), () -> load(name).map(table -> view(name, table)));
    }

    @Override
    public Optional<TableHistory> history(TableName name) {
        return Boundary.run(
                name.toString(),
                () -> load(name).map(table -> new IcebergHistory(name, table, files)));
    }

    @Override
    public TableCopies copies() {
        return new IcebergCopies(catalog, files, staging);
    }

    @Override
    public LakeTable createOrEvolve(TableName name, TableContract contract, String location) {
        return Boundary.run(name.toString(), () -> become(name, contract, location, false));
    }

    @Override
    public LakeTable rebuild(TableName name, TableContract contract, String location) {
        return Boundary.run(name.toString(), () -> become(name, contract, location, true));
    }

    @Override
    public void drop(TableName name) {
        Boundary.run(
                name.toString(),
                () -> {
                    Optional<Table> table = load(name);
                    if (table.isPresent()) {
                        String location = table.get().location();
                        catalog.dropTable(identifier(name), false);
                        files.deletePrefix(location + "/");
                    }
                    return true;
                });
    }

    @Override
    public void close() {
        catalog.close();
        files.close();
    }

    private LakeTable become(
            TableName name, TableContract contract, String location, boolean rebuild) {
        Optional<Table> existing = load(name);
        if (existing.isEmpty()) {
            try {
                return view(name, create(name, contract, location));
            } catch (AlreadyExistsException _) {
                existing = load(name);
            }
        }
        Table table = existing.orElseThrow();
        evolve(table, contract, rebuild || table.currentSnapshot() == null);
        return view(name, table);
    }

    private Table create(TableName name, TableContract contract, String location) {
        Schema schema = ContractSchemas.schema(contract);
        PartitionSpec spec = Partitioning.spec(Partitioning.of(contract, schema), schema);
        Namespace namespace = Namespace.of(name.namespace());
        if (!catalog.namespaceExists(namespace)) {
            try {
                catalog.createNamespace(namespace);
            } catch (AlreadyExistsException _) {
                // another writer was faster: it is there, which is all that was wanted
            }
        }
        return catalog.createTable(identifier(name), schema, spec, location, TABLE_PROPERTIES);
    }

    /// Schema and partition spec change in one commit, or not at all.
    private static void evolve(Table table, TableContract contract, boolean rebuild) {
        Schema wanted = ContractSchemas.schema(contract);
        List<Partitioning> partitions = Partitioning.of(contract, wanted);
        Transaction transaction = table.newTransaction();
        SpecEvolution specs = new SpecEvolution(table.schema(), table.spec(), contract, partitions);
        boolean changed = specs.removeOthers(transaction);
        UpdateSchema update = transaction.updateSchema();
        changed |= SchemaEvolution.plan(table.schema(), contract, update, rebuild);
        update.commit();
        changed |= specs.addMissing(transaction);
        if (changed) {
            transaction.commitTransaction();
            table.refresh();
        }
    }

    private Optional<Table> load(TableName name) {
        try {
            return Optional.of(catalog.loadTable(identifier(name)));
        } catch (NoSuchTableException _) {
            return Optional.empty();
        }
    }

    private LakeTable view(TableName name, Table table) {
        return new IcebergTable(name, table, files, staging);
    }

    static TableIdentifier identifier(TableName name) {
        return TableIdentifier.of(name.namespace(), name.name());
    }
}
