package dev.sheaf.lake.internal.range;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.RangeCache.Lease;
import dev.sheaf.lake.internal.parquet.ParquetFooter;
import dev.sheaf.lake.internal.range.SparseCache.Entry;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The files of one query.
final class SparseLease implements Lease {
    /// How much of the files was asked for.
    private enum Width {
        MATCHING_GROUPS,
        ALL_GROUPS,
        WHOLE_FILES
    }

    private final SparseCache cache;
    private final Set<Integer> columns;
    private final List<Path> paths = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private Width width = Width.MATCHING_GROUPS;
    private boolean closed;

    SparseLease(SparseCache cache, Schema schema, Set<String> names) {
        this.cache = cache;
        this.columns =
                schema.columns().stream()
                        .filter(field -> names.contains(field.name()))
                        .map(NestedField::fieldId)
                        .collect(Collectors.toUnmodifiableSet());
    }

    void add(String location, long bytes) {
        Optional<Path> local = Lake.localFile(location);
        if (local.isPresent()) {
            paths.add(local.get());
            return;
        }
        Entry entry = cache.hold(location, bytes);
        entries.add(entry);
        paths.add(entry.file().path());
    }

    void need(Predicate<ParquetFooter.Group> chosen) {
        each(entry -> entry.file().need(columns, chosen, cache::grown));
    }

    @Override
    public List<Path> paths() {
        return List.copyOf(paths);
    }

    @Override
    public boolean widen() {
        if (entries.isEmpty() || width == Width.WHOLE_FILES) {
            return false;
        }
        if (width == Width.MATCHING_GROUPS) {
            width = Width.ALL_GROUPS;
            need(_ -> true);
        } else {
            width = Width.WHOLE_FILES;
            each(entry -> entry.file().needAll(cache::grown));
        }
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cache.release(entries);
        }
    }

    private interface Step {
        void run(Entry entry) throws IOException;
    }

    /// All files at once; how many requests run is limited elsewhere.
    private void each(Step step) {
        List<Callable<Boolean>> steps =
                entries.stream()
                        .map(entry ->
                                (Callable<Boolean>)
                                        () -> {
                                            step.run(entry);
                                            return true;
                                        })
                        .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(steps)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "reading remote files was ended", e);
        } catch (ExecutionException e) {
            throw problem(e);
        }
    }

    private static RuntimeException problem(ExecutionException error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return cause instanceof RuntimeException known
                ? known
                : new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "a remote file could not be put into the range cache ("
                                + cause.getMessage()
                                + "); check the cache's disk and the file",
                        cause);
    }
}
