package dev.sheaf.lake.internal.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.TableCopies.CopiedFile;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A table made of files that another lake has described. It has one schema, with the field ids of
/// its home, and one snapshot.
final class AdoptedTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcCatalog catalog;
    private final RoutedFiles files;
    private final TableName name;

    AdoptedTable(JdbcCatalog catalog, RoutedFiles files, TableName name) {
        this.catalog = catalog;
        this.files = files;
        this.name = name;
    }

    Table make(
            TableCopy copy,
            String location,
            Map<String, String> locations,
            Map<String, String> summary) {
        Described described = read(copy, locations);
        TableIdentifier identifier = IcebergLake.identifier(name);
        refuseWhole(identifier);
        register(identifier, described, location);
        Table table = catalog.loadTable(identifier);
        Map<Integer, PartitionSpec> specs = new HashMap<>();
        for (PartitionSpec spec : described.specs()) {
            specs.put(spec.specId(), own(table, spec));
        }
        AppendFiles append = table.newAppend();
        for (DataFile file : described.files()) {
            PartitionSpec own = specs.get(file.specId());
            if (own == null) {
                throw nonsense("a file is of a partition spec that is not described", null);
            }
            append.appendFile(IcebergCopies.moved(file, file.specId(), own, file.location()));
        }
        summary.forEach(append::set);
        append.commit();
        table.refresh();
        return table;
    }

    /// @param files at their new places
    private record Described(Schema schema, List<PartitionSpec> specs, List<DataFile> files) {}

    private Described read(TableCopy copy, Map<String, String> locations) {
        try {
            Schema schema = SchemaParser.fromJson(copy.schema());
            Map<Integer, PartitionSpec> specs = new HashMap<>();
            for (String text : copy.specs()) {
                PartitionSpec spec = PartitionSpecParser.fromJson(schema, text);
                specs.put(spec.specId(), spec);
            }
            List<DataFile> read = new ArrayList<>();
            for (CopiedFile file : copy.files()) {
                String at = locations.get(file.id());
                if (at == null) {
                    throw nonsense("file " + file.id() + " is not here", null);
                }
                if (!(ContentFileParser.fromJson(JSON.readTree(file.entry()), specs)
                                instanceof DataFile entry)
                        || entry.recordCount() != file.rows()
                        || entry.fileSizeInBytes() != file.bytes()) {
                    throw nonsense("file " + file.id() + " is described in two ways", null);
                }
                PartitionSpec spec = specs.get(entry.specId());
                if (spec == null) {
                    throw nonsense("a file is of a partition spec that is not described", null);
                }
                read.add(IcebergCopies.moved(entry, entry.specId(), spec, at));
            }
            return new Described(schema, List.copyOf(specs.values()), read);
        } catch (Problem e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            throw nonsense("the description of its files cannot be read", e);
        }
    }

    private void refuseWhole(TableIdentifier identifier) {
        if (!catalog.tableExists(identifier)) {
            return;
        }
        if (catalog.loadTable(identifier).currentSnapshot() != null) {
            throw new Problem(ProblemCode.CONFLICT, "there is a table " + name + " already");
        }
        catalog.dropTable(identifier, false);
    }

    private void register(TableIdentifier identifier, Described described, String location) {
        Namespace namespace = Namespace.of(name.namespace());
        if (!catalog.namespaceExists(namespace)) {
            try {
                catalog.createNamespace(namespace);
            } catch (AlreadyExistsException _) {
                // another thread was faster: it is there, which is all that was wanted
            }
        }
        TableMetadata.Builder metadata =
                TableMetadata.buildFromEmpty(2)
                        .assignUUID()
                        .setLocation(location)
                        .setCurrentSchema(described.schema(), described.schema().highestFieldId())
                        .setDefaultSortOrder(SortOrder.unsorted());
        if (described.specs().isEmpty()) {
            metadata.setDefaultPartitionSpec(PartitionSpec.unpartitioned());
        } else {
            described.specs().forEach(metadata::setDefaultPartitionSpec);
        }
        metadata.setProperties(IcebergLake.TABLE_PROPERTIES);
        String at = location + "/metadata/00000-" + UUID.randomUUID() + ".metadata.json";
        TableMetadataParser.write(metadata.build(), files.newOutputFile(at));
        catalog.registerTable(identifier, at);
    }

    /// The table's own spec that partitions in the same way; ids may differ.
    private PartitionSpec own(Table table, PartitionSpec spec) {
        return table.specs().values().stream()
                .filter(each -> each.compatibleWith(spec))
                .findFirst()
                .orElseThrow(() -> nonsense("a partition spec was not taken over", null));
    }

    private Problem nonsense(String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(ProblemCode.INVALID_VALUE, "the copy of " + name + ": " + why, cause);
    }
}
