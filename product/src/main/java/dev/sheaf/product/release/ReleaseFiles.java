package dev.sheaf.product.release;

import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.SqlTypes;
import dev.sheaf.product.ingest.SqlText;

import org.apache.iceberg.Schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A table's data files for the engine. Files of a local store are read where they are, others are
/// copied into the scratch folder first, whole, and once. Used by one thread.
public final class ReleaseFiles {
    private final Lake lake;
    private final Path scratch;
    private final Map<String, Path> copies = new HashMap<>();

    /// @param scratch an existing folder, which the caller empties
    public ReleaseFiles(Lake lake, Path scratch) {
        this.lake = lake;
        this.scratch = scratch;
    }

    /// In the order of the files.
    public List<Path> paths(List<PlannedFile> files) {
        return files.stream().map(this::path).toList();
    }

    public Path path(PlannedFile file) {
        Optional<Path> local = Lake.localFile(file.location());
        return local.orElseGet(() -> copies.computeIfAbsent(file.location(), _ -> fetched(file)));
    }

    private Path fetched(PlannedFile file) {
        try (InputStream in =
                lake.files().newInputFile(file.location(), file.bytes()).newStream()) {
            Path copy = Files.createTempFile(scratch, "release-", ".parquet");
            Files.copy(in, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SQL for the rows of the files as that schema describes them: columns are found by their
    /// field ids, and those that a file lacks are empty.
    public static String select(Schema schema, List<Path> files) {
        if (files.isEmpty()) {
            String columns =
                    schema.columns().stream()
                            .map(field ->
                                    "CAST(NULL AS "
                                            + SqlTypes.name(field.type())
                                            + ") AS "
                                            + SqlText.name(field.name()))
                            .collect(Collectors.joining(", "));
            return "SELECT " + columns + " WHERE false";
        }
        String paths =
                files.stream()
                        .map(path -> SqlText.text(path.toString()))
                        .collect(Collectors.joining(", "));
        String fields =
                schema.columns().stream()
                        .map(field ->
                                field.fieldId()
                                        + ": {name: "
                                        + SqlText.text(field.name())
                                        + ", type: "
                                        + SqlText.text(SqlTypes.name(field.type()))
                                        + ", default_value: NULL}")
                        .collect(Collectors.joining(", "));
        return "SELECT * FROM read_parquet([" + paths + "], schema=MAP {" + fields + "})";
    }
}
