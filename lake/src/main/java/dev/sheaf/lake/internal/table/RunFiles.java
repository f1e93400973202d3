package dev.sheaf.lake.internal.table;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.Lake.WrittenFile;
import dev.sheaf.lake.internal.parquet.ParquetFooter;
import dev.sheaf.lake.internal.store.RoutedFiles;

import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The data files of one run of a table, under `data/RUN/`: written, uploaded, or taken away again.
final class RunFiles {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
    private static final int UPLOADS_AT_ONCE = 4;

    private final Table table;
    private final RoutedFiles files;
    private final Path staging;

    RunFiles(Table table, RoutedFiles files, Path staging) {
        this.table = table;
        this.files = files;
        this.staging = staging;
    }

    /// After a failure some files may be left under the run's prefix; [#discard] takes them away.
    List<WrittenFile> write(EngineSession session, String select, String runId) {
        String prefix = prefix(runId);
        PartitionSpec spec = table.spec();
        Path directory = staging.resolve(runId + "-" + UUID.randomUUID());
        try {
            Files.createDirectory(directory);
            List<ParquetCopy.Copied> copied =
                    new ParquetCopy(table.schema(), spec).run(session, select, directory);
            return uploaded(copied, spec, prefix);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the staging directory " + staging + " cannot be written; check it",
                    e);
        } finally {
            deleteTree(directory);
        }
    }

    long discard(String runId, Supplier<List<PlannedFile>> current) {
        String prefix = prefix(runId);
        boolean committed =
                current.get().stream().anyMatch(file -> file.location().startsWith(prefix));
        for (org.apache.iceberg.Snapshot snapshot : table.snapshots()) {
            committed |= runId.equals(snapshot.summary().get("sheaf.run"));
        }
        if (committed) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "run " + runId + " is part of a release; its files stay as long as it does");
        }
        long count = files.listPrefix(prefix).size();
        files.deletePrefix(prefix);
        return count;
    }

    private String prefix(String runId) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException("'" + runId + "' is no run id");
        }
        return table.location() + "/data/" + runId + "/";
    }

    private List<WrittenFile> uploaded(
            List<ParquetCopy.Copied> copied, PartitionSpec spec, String prefix) {
        List<Callable<WrittenFile>> uploads =
                copied.stream()
                        .map(file -> (Callable<WrittenFile>) () -> upload(file, spec, prefix))
                        .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(UPLOADS_AT_ONCE)) {
            List<Future<WrittenFile>> done = threads.invokeAll(uploads);
            return done.stream().map(RunFiles::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "the upload was interrupted", e);
        }
    }

    private static WrittenFile result(Future<WrittenFile> done) {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "the upload was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e);
        }
    }

    private WrittenFile upload(ParquetCopy.Copied copied, PartitionSpec spec, String prefix) {
        String location = prefix + copied.file().getFileName();
        List<Long> splits;
        try {
            splits =
                    ParquetFooter.read(copied.file()).rowGroups().stream()
                            .map(ParquetFooter.Group::start)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("DuckDB wrote " + copied.file(), e);
        }
        DataFiles.Builder file =
                DataFiles.builder(spec)
                        .withPath(location)
                        .withFormat(FileFormat.PARQUET)
                        .withFileSizeInBytes(copied.bytes())
                        .withMetrics(copied.metrics())
                        .withSplitOffsets(splits);
        if (spec.isPartitioned()) {
            file.withPartition(copied.partition());
        }
        files.upload(copied.file(), location);
        return new WrittenFile(file.build());
    }

    private static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
