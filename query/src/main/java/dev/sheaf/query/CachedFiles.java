package dev.sheaf.query;

import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.PlannedFile;
import dev.sheaf.lake.RangeCache;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Files of all stores: local ones where they lie, those of remote stores through the range cache.
public final class CachedFiles implements FileAccess {
    private final RangeCache cache;
    private final List<Path> roots;

    /// @param cacheDirectory where the cache keeps its files
    /// @param localRoots the local stores' directories
    public CachedFiles(RangeCache cache, Path cacheDirectory, List<Path> localRoots) {
        this.cache = cache;
        this.roots = new ArrayList<>(localRoots);
        this.roots.add(cacheDirectory);
    }

    @Override
    public List<Path> roots() {
        return List.copyOf(roots);
    }

    @Override
    public boolean isRemote(List<PlannedFile> files) {
        return files.stream().anyMatch(file -> Lake.localFile(file.location()).isEmpty());
    }

    @Override
    public Opened open(
            List<PlannedFile> files,
            Schema schema,
            Optional<Set<String>> columns,
            Expression filter) {
        Set<String> names =
                columns.orElseGet(() ->
                        schema.columns().stream()
                                .map(Types.NestedField::name)
                                .collect(Collectors.toSet()));
        return new Leased(cache.lease(files, schema, names, filter), isRemote(files));
    }

    private record Leased(RangeCache.Lease lease, boolean mayLack) implements Opened {
        @Override
        public List<Path> paths() {
            return lease.paths();
        }

        @Override
        public boolean widen() {
            return lease.widen();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
