package dev.sheaf.lake;

import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.TableName;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Snapshots that go from one lake to another: the files as they are, described so that the other
/// lake can make a table of them that reads the same (Iceberg table spec, version 2). Field ids,
/// partition values and column statistics are kept; where the files lie is not told. Errors are
/// those of [Lake].
public interface TableCopies {
    /// What a snapshot consists of.
    ///
    /// @throws dev.sheaf.kernel.Problem NOT_FOUND when there is no such table or snapshot,
    ///   INVALID_VALUE when it has row-level deletes, which are no files of rows
    TableCopy describe(TableName name, long snapshotId);

    /// Where the files of a description lie, by their ids.
    ///
    /// @throws dev.sheaf.kernel.Problem as [#describe]
    Map<String, String> locations(TableName name, long snapshotId);

    /// Whether a local file is what the description says: its size, and the rows that its footer
    /// counts.
    ///
    /// @throws dev.sheaf.kernel.Problem STORAGE_FAILED when it is not
    void verify(Path file, CopiedFile described);

    /// Makes a table of one snapshot. The files must be there already. Readers see all of it or
    /// none: until this returns the table has no snapshot. One of that name, left half made, is
    /// taken away first.
    ///
    /// @param location of the table's metadata, which lies in a configured store
    /// @param locations where each file of the copy lies, by its id
    /// @param summary extra entries of the snapshot's summary, keys under `sheaf.`
    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when the description makes no sense, CONFLICT
    ///   when there is a whole table of that name
    LakeTable adopt(
            TableName name,
            TableCopy copy,
            String location,
            Map<String, String> locations,
            Map<String, String> summary);

    /// Where the current metadata of a table lies; empty when there is no such table.
    Optional<String> metadataLocation(TableName name);

    /// Opens a table as it was when that metadata was written; it cannot be changed.
    ///
    /// @param name for messages
    /// @param metadataLocation in a configured store, which this lake may read
    LakeTable openStatic(TableName name, String metadataLocation);

    /// @param schema of the snapshot, as Iceberg's JSON, with field ids
    /// @param specs partition specs of its files, as Iceberg's JSON
    /// @param files in the order of their ids
    record TableCopy(String schema, List<String> specs, List<CopiedFile> files) {
        public TableCopy {
            specs = List.copyOf(specs);
            files = List.copyOf(files);
        }

        public long bytes() {
            return files.stream().mapToLong(CopiedFile::bytes).sum();
        }

        public long rows() {
            return files.stream().mapToLong(CopiedFile::rows).sum();
        }
    }

    /// A data file without its place.
    ///
    /// @param id the same for the same file of the same lake; hexadecimal
    /// @param entry partition and column statistics, as Iceberg's JSON of a content file whose path
    ///   is the id
    record CopiedFile(String id, long bytes, long rows, String entry) {}
}
