package dev.sheaf.product.ingest;

import dev.sheaf.product.ProductSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The record scans of one publish. A scan may be begun on a guess of the dialect while the file is
/// digested; it counts only if the guess was right.
public final class RecordScans {
    private static final long WORTH_A_THREAD_BYTES = 8L << 20;

    private final Map<Path, FutureTask<Optional<Ahead>>> begun = new ConcurrentHashMap<>();

    private record Ahead(CsvDialect dialect, long recordBytesMax, RecordScan scan) {}

    /// Begins the scan of a large file on another thread.
    public void begin(Path file, ProductSpec product, Path scratch, long recordBytesMax)
            throws IOException {
        if (Files.size(file) < WORTH_A_THREAD_BYTES || begun.containsKey(file)) {
            return;
        }
        SourceReader reader =
                new SourceReader(product, Set.of(), scratch, recordBytesMax, new RecordScans());
        FutureTask<Optional<Ahead>> task =
                new FutureTask<>(() -> {
                    Optional<CsvDialect> dialect = reader.dialectOfPlainCsv(file);
                    return dialect.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new Ahead(
                                            dialect.get(),
                                            recordBytesMax,
                                            RecordScan.of(file, dialect.get(), recordBytesMax)));
                });
        begun.put(file, task);
        Thread.ofPlatform().daemon().name("publish-scan").start(task);
    }

    RecordScan of(Path file, CsvDialect dialect, long recordBytesMax) throws IOException {
        Optional<Ahead> ahead = ahead(file);
        return ahead.isPresent()
                        && ahead.get().dialect().equals(dialect)
                        && ahead.get().recordBytesMax() == recordBytesMax
                ? ahead.get().scan()
                : RecordScan.of(file, dialect, recordBytesMax);
    }

    /// Empty also when it failed: whoever reads the file next will say why.
    private Optional<Ahead> ahead(Path file) throws IOException {
        FutureTask<Optional<Ahead>> task = begun.get(file);
        if (task == null) {
            return Optional.empty();
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + file.getFileName() + " was scanned", e);
        }
    }
}
