package dev.sheaf.lake.internal.table;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.TableCopies;
import dev.sheaf.lake.internal.parquet.ParquetFooter;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.util.SnapshotUtil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Copies of the tables of a JDBC catalog.
final class IcebergCopies implements TableCopies {
    private final JdbcCatalog catalog;
    private final RoutedFiles files;
    private final Path staging;

    IcebergCopies(JdbcCatalog catalog, RoutedFiles files, Path staging) {
        this.catalog = catalog;
        this.files = files;
        this.staging = staging;
    }

    @Override
    public TableCopy describe(TableName name, long snapshotId) {
        return Boundary.run(
                name.toString(),
                () -> {
                    Table table = existing(name, snapshotId);
                    Schema schema = SnapshotUtil.schemaFor(table, snapshotId);
                    Map<Integer, PartitionSpec> specs = new TreeMap<>();
                    Map<String, CopiedFile> described = new TreeMap<>();
                    for (DataFile file : dataFiles(name, table, snapshotId)) {
                        PartitionSpec spec = bound(table, file.specId(), schema);
                        specs.put(spec.specId(), spec);
                        String id = id(file.location());
                        described.put(
                                id,
                                new CopiedFile(
                                        id,
                                        file.fileSizeInBytes(),
                                        file.recordCount(),
                                        ContentFileParser.toJson(
                                                moved(file, file.specId(), spec, id), spec)));
                    }
                    return new TableCopy(
                            SchemaParser.toJson(schema),
                            specs.values().stream().map(PartitionSpecParser::toJson).toList(),
                            new ArrayList<>(described.values()));
                });
    }

    @Override
    public Map<String, String> locations(TableName name, long snapshotId) {
        return Boundary.run(
                name.toString(),
                () -> {
                    Map<String, String> locations = new HashMap<>();
                    for (DataFile file : dataFiles(name, existing(name, snapshotId), snapshotId)) {
                        locations.put(id(file.location()), file.location());
                    }
                    return locations;
                });
    }

    @Override
    public void verify(Path file, CopiedFile described) {
        try {
            long bytes = Files.size(file);
            long rows =
                    bytes == described.bytes()
                            ? ParquetFooter.read(file).rowGroups().stream()
                                    .mapToLong(ParquetFooter.Group::rows)
                                    .sum()
                            : 0;
            if (bytes != described.bytes() || rows != described.rows()) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "file "
                                + described.id()
                                + " has "
                                + bytes
                                + " bytes and "
                                + rows
                                + " rows, but its home says "
                                + described.bytes()
                                + " and "
                                + described.rows());
            }
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "file " + described.id() + " is no Parquet file that can be read",
                    e);
        }
    }

    @Override
    public LakeTable adopt(
            TableName name,
            TableCopy copy,
            String location,
            Map<String, String> locations,
            Map<String, String> summary) {
        return Boundary.run(
                name.toString(),
                () ->
                        view(
                                name,
                                new AdoptedTable(catalog, files, name)
                                        .make(copy, location, locations, summary)));
    }

    @Override
    public Optional<String> metadataLocation(TableName name) {
        return Boundary.run(
                name.toString(),
                () ->
                        load(name)
                                .map(table ->
                                        ((HasTableOperations) table)
                                                .operations()
                                                .current()
                                                .metadataFileLocation()));
    }

    @Override
    public LakeTable openStatic(TableName name, String metadataLocation) {
        return Boundary.run(
                name.toString(),
                () -> {
                    StaticTableOperations operations =
                            new StaticTableOperations(metadataLocation, Catalogs.checked(files));
                    operations.current();
                    return view(name, new BaseTable(operations, name.toString()));
                });
    }

    private Iterable<DataFile> dataFiles(TableName name, Table table, long snapshotId) {
        ArrayList<DataFile> found = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshotId).includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            name
                                    + " has row-level deletes, which other engines have written; a"
                                    + " table with them is not copied");
                }
                found.add(task.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /// A spec that means columns which the snapshot does not have tells its readers nothing: none
    /// then.
    private static PartitionSpec bound(Table table, int specId, Schema schema) {
        PartitionSpec spec = table.specs().get(specId);
        boolean isWhole =
                spec != null
                        && spec.fields().stream()
                                .allMatch(field -> schema.findField(field.sourceId()) != null);
        return spec != null && isWhole
                ? PartitionSpecParser.fromJson(schema, PartitionSpecParser.toJson(spec))
                : PartitionSpec.builderFor(schema)
                        .withSpecId(Collections.max(table.specs().keySet()) + 1)
                        .build();
    }

    /// The same file under another path.
    static DataFile moved(DataFile file, int specId, PartitionSpec spec, String path) {
        DataFiles.Builder builder =
                DataFiles.builder(spec)
                        .withPath(path)
                        .withFormat(file.format())
                        .withFileSizeInBytes(file.fileSizeInBytes())
                        .withRecordCount(file.recordCount())
                        .withMetrics(
                                new org.apache.iceberg.Metrics(
                                        file.recordCount(),
                                        file.columnSizes(),
                                        file.valueCounts(),
                                        file.nullValueCounts(),
                                        file.nanValueCounts(),
                                        file.lowerBounds(),
                                        file.upperBounds()));
        if (file.splitOffsets() != null) {
            builder.withSplitOffsets(file.splitOffsets());
        }
        if (spec.isPartitioned() && specId == file.specId()) {
            builder.withPartition(file.partition());
        }
        return builder.build();
    }

    private Table existing(TableName name, long snapshotId) {
        return load(name)
                .filter(table -> table.snapshot(snapshotId) != null)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.NOT_FOUND,
                                name + " has no snapshot " + snapshotId + " any more"));
    }

    private Optional<Table> load(TableName name) {
        try {
            return Optional.of(catalog.loadTable(IcebergLake.identifier(name)));
        } catch (NoSuchTableException _) {
            return Optional.empty();
        }
    }

    private LakeTable view(TableName name, Table table) {
        return new IcebergTable(name, table, files, staging);
    }

    private static String id(String location) {
        return Sha256.of(location.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
