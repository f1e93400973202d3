package dev.sheaf.lake.internal.range;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.RangeCache;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.FileIO;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Keeps sparse files in a directory and deletes the longest unused when they take too much.
public final class SparseCache implements RangeCache {
    private static final String LOCK = "lock";

    private final Path directory;
    private final long bytesMax;
    private final FileIO files;
    private final FileChannel lockFile;
    private final Fetches fetches = new Fetches();

    /// In order of use, longest unused first. Guarded by itself, as are the counts.
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /// Leased files that are to go. Guarded by [#entries].
    private final Set<Entry> doomed = new HashSet<>();

    private long held;

    private record Key(String location, long length) {}

    /// A cached file and how many leases use it.
    static final class Entry {
        private final SparseFile file;
        private int leases;

        Entry(SparseFile file) {
            this.file = file;
        }

        SparseFile file() {
            return file;
        }
    }

    private SparseCache(Path directory, long bytesMax, FileIO files, FileChannel lockFile) {
        this.directory = directory;
        this.bytesMax = bytesMax;
        this.files = files;
        this.lockFile = lockFile;
    }

    public static RangeCache open(Path directory, ByteSize bytesMax, FileIO files) {
        try {
            Files.createDirectories(directory);
            FileChannel lockFile =
                    FileChannel.open(
                            directory.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                lockFile.close();
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "the range cache "
                                + directory
                                + " is used by another process; give each"
                                + " its own");
            }
            discard(directory);
            return new SparseCache(directory, bytesMax.bytes(), files, lockFile);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the range cache "
                            + directory
                            + " cannot be used; check that it can be"
                            + " written",
                    e);
        }
    }

    @Override
    public Lease lease(
            List<Lake.PlannedFile> planned, Schema schema, Set<String> columns, Expression filter) {
        SparseLease lease = new SparseLease(this, schema, columns);
        try {
            planned.forEach(file -> lease.add(file.location(), file.bytes()));
            lease.need(new RowGroups(schema, filter)::mayMatch);
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public void forget(Collection<String> locations) {
        Set<String> gone = Set.copyOf(locations);
        List<Path> deleted = new ArrayList<>();
        synchronized (entries) {
            entries.entrySet()
                    .removeIf(known -> {
                        boolean goes = gone.contains(known.getKey().location());
                        if (goes) {
                            doomed.add(known.getValue());
                        }
                        return goes;
                    });
            endDoomed(deleted);
        }
        delete(deleted);
    }

    /// Called with [#entries] held.
    private void endDoomed(List<Path> deleted) {
        doomed.removeIf(entry -> {
            boolean isFree = entry.leases == 0;
            if (isFree) {
                held -= entry.file.held();
                deleted.add(entry.file.path());
            }
            return isFree;
        });
    }

    @Override
    public Statistics statistics() {
        synchronized (entries) {
            return new Statistics(fetches.requests(), fetches.bytes(), fetches.hits(), held);
        }
    }

    @Override
    public void close() {
        fetches.close();
        try {
            discard(directory);
            lockFile.close();
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, "the range cache could not be removed", e);
        }
    }

    /// The entry of a file, which stays until [#release].
    Entry hold(String location, long length) {
        synchronized (entries) {
            Entry entry =
                    entries.computeIfAbsent(
                            new Key(location, length),
                            _ ->
                                    new Entry(
                                            new SparseFile(
                                                    files,
                                                    location,
                                                    length,
                                                    directory.resolve(
                                                            UUID.randomUUID() + ".parquet"),
                                                    fetches)));
            entry.leases++;
            return entry;
        }
    }

    void release(List<Entry> used) {
        List<Path> deleted = new ArrayList<>();
        synchronized (entries) {
            used.forEach(entry -> entry.leases--);
            endDoomed(deleted);
        }
        delete(deleted);
        makeRoom();
    }

    /// Called when a file has taken more of the disk.
    void grown(long bytes) {
        synchronized (entries) {
            held += bytes;
        }
        makeRoom();
    }

    private void makeRoom() {
        List<Path> evicted = new ArrayList<>();
        synchronized (entries) {
            Iterator<Entry> oldest = entries.values().iterator();
            while (held > bytesMax && oldest.hasNext()) {
                Entry entry = oldest.next();
                if (entry.leases == 0) {
                    oldest.remove();
                    held -= entry.file.held();
                    evicted.add(entry.file.path());
                }
            }
        }
        delete(evicted);
    }

    private static void delete(List<Path> paths) {
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED, path + " cannot be deleted from the cache", e);
            }
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static void discard(Path directory) throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            for (Path file : left.filter(p -> p.toString().endsWith(".parquet")).toList()) {
                Files.delete(file);
            }
        }
    }
}
