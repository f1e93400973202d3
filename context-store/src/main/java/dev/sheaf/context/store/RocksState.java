package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.Disk;
import dev.sheaf.context.store.internal.RocksCursor;
import dev.sheaf.context.store.internal.RocksHandle;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/// A [StateStore] in RocksDB. A batch is built in Java and crosses into native code once; native
/// memory is bounded by [RocksStateOptions]. A write may wait for compaction when the disk is slow.
///
/// Reads and writes share a lock that only closing takes for itself: native code must not run on a
/// closed database.
public final class RocksState implements StateStore {
    private static final int INTERNAL = 0;
    private static final int EXPIRY = Table.values().length + 1;
    private static final byte[] POSITION = "position".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);
    private static final long FORMAT_VERSION = 2;

    private final RocksHandle rocks;
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<RocksCursor> cursors = Collections.synchronizedList(new ArrayList<>());
    private volatile long position;
    private volatile long durablePosition;
    private volatile boolean closed;

    private RocksState(RocksHandle rocks) {
        this.rocks = rocks;
    }

    /// Opens a store, or begins one in an empty folder.
    ///
    /// @throws Problem STORAGE_FAILED when the disk fails or the files are damaged; CONFLICT when
    ///   it is open already
    public static RocksState open(RocksStateOptions options) {
        List<String> names =
                Stream.concat(Stream.of(Table.values()).map(Table::fileName), Stream.of("expiry"))
                        .toList();
        try {
            Files.createDirectories(options.folder());
            RocksHandle rocks =
                    new RocksHandle(
                            options.folder(),
                            names,
                            options.blockCacheBytes(),
                            options.writeBufferBytes());
            RocksState state = new RocksState(rocks);
            try {
                state.begin(options.folder());
            } catch (RocksDBException | RuntimeException e) {
                rocks.close();
                throw e;
            }
            return state;
        } catch (RocksDBException e) {
            throw RocksHandle.problem("opening", options.folder(), e);
        } catch (IOException e) {
            throw Disk.failed("making the folder", options.folder(), e);
        }
    }

    private void begin(Path folder) throws RocksDBException {
        long format = number(FORMAT, 0);
        if (format == 0 && number(POSITION, -1) < 0) {
            StateBatch first = new StateBatch();
            first.bytes().put(INTERNAL, FORMAT, bytes(FORMAT_VERSION));
            write(first, 0);
            flush();
        } else if (format != FORMAT_VERSION || !rocks.isNumberedInOrder()) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the state store in "
                            + folder
                            + " has format "
                            + format
                            + ", this program"
                            + " reads "
                            + FORMAT_VERSION
                            + ": use the program that wrote it");
        }
        position = number(POSITION, 0);
        durablePosition = position;
    }

    private long number(byte[] key, long otherwise) throws RocksDBException {
        byte @Nullable [] found = rocks.database().get(rocks.family(INTERNAL), key);
        return found == null ? otherwise : ByteBuffer.wrap(found).getLong();
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private interface Action<T> {
        T run() throws RocksDBException;
    }

    private <T> T whileOpen(String what, Action<T> action) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the state store is closed");
            }
            return action.run();
        } catch (RocksDBException e) {
            throw rocks.problem(what, e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void write(StateBatch batch, long logPosition) {
        if (logPosition < position) {
            throw new IllegalArgumentException(
                    "log position " + logPosition + " after " + position);
        }
        whileOpen(
                "writing",
                () -> {
                    noteExpiry(batch);
                    batch.bytes().put(INTERNAL, POSITION, bytes(logPosition));
                    commit(batch);
                    position = logPosition;
                    return batch;
                });
    }

    private void commit(StateBatch batch) throws RocksDBException {
        try (WriteBatch changes = new WriteBatch(batch.bytes().toBytes())) {
            rocks.database().write(writeOptions, changes);
        }
        batch.clear();
    }

    /// One entry per minute of expiry and batch: its key is unique by the database's own sequence.
    private void noteExpiry(StateBatch batch) {
        if (batch.expiring().isEmpty()) {
            return;
        }
        long sequence = rocks.database().getLatestSequenceNumber();
        batch.expiring()
                .forEach((step, keys) -> {
                    int length = keys.stream().mapToInt(k -> k.length + 4).sum();
                    ByteBuffer ids = ByteBuffer.allocate(length);
                    keys.forEach(key -> ids.putInt(key.length).put(key));
                    batch.bytes()
                            .put(
                                    EXPIRY,
                                    ByteBuffer.allocate(2 * Long.BYTES)
                                            .putLong(step)
                                            .putLong(sequence)
                                            .array(),
                                    ids.array());
                });
    }

    @Override
    public int expire(long nowMillis, int idsMax) {
        return whileOpen("expiring in", () -> sweep(nowMillis, idsMax));
    }

    private int sweep(long nowMillis, int idsMax) throws RocksDBException {
        StateBatch gone = new StateBatch();
        int dedupe = Table.DEDUPE.number();
        int count = 0;
        try (ReadOptions options = new ReadOptions();
                RocksIterator chunks =
                        rocks.database().newIterator(rocks.family(EXPIRY), options)) {
            chunks.seekToFirst();
            while (chunks.isValid() && count < idsMax) {
                long step = ByteBuffer.wrap(chunks.key()).getLong();
                if (step * StateBatch.EXPIRY_STEP_MILLIS > nowMillis) {
                    break;
                }
                for (byte[] key : keysOf(chunks.value())) {
                    byte @Nullable [] stamped = rocks.database().get(rocks.family(dedupe), key);
                    // An id that was put again has a later expiry, and an entry of its own for it.
                    if (stamped != null && StateBatch.expiryStep(stamped) <= step) {
                        gone.bytes().delete(dedupe, key);
                        count++;
                    }
                }
                gone.bytes().delete(EXPIRY, chunks.key());
                chunks.next();
            }
            chunks.status();
        }
        if (gone.count() > 0) {
            commit(gone);
        }
        return count;
    }

    private static List<byte[]> keysOf(byte[] chunk) {
        List<byte[]> keys = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        while (bytes.hasRemaining()) {
            byte[] key = new byte[bytes.getInt()];
            bytes.get(key);
            keys.add(key);
        }
        return keys;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long durablePosition() {
        return durablePosition;
    }

    @Override
    public Optional<byte[]> get(Table table, byte[] key) {
        return whileOpen(
                "reading",
                () -> {
                    byte @Nullable [] stored =
                            rocks.database().get(rocks.family(table.number()), key);
                    return stored == null
                            ? Optional.empty()
                            : Optional.of(StateBatch.plain(table, stored));
                });
    }

    @Override
    public List<Optional<byte[]>> multiGet(Table table, List<byte[]> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        ColumnFamilyHandle family = rocks.family(table.number());
        return whileOpen(
                "reading",
                () -> {
                    List<byte @Nullable []> found =
                            rocks.database()
                                    .multiGetAsList(Collections.nCopies(keys.size(), family), keys);
                    List<Optional<byte[]>> values = new ArrayList<>(found.size());
                    for (byte @Nullable [] stored : found) {
                        values.add(
                                stored == null
                                        ? Optional.empty()
                                        : Optional.of(StateBatch.plain(table, stored)));
                    }
                    return values;
                });
    }

    @Override
    public StateCursor scan(Table table, byte[] prefix, byte[] fromKey) {
        RocksCursor rows =
                whileOpen(
                        "reading",
                        () -> {
                            RocksCursor opened =
                                    new RocksCursor(
                                            rocks,
                                            table.number(),
                                            prefix,
                                            fromKey,
                                            cursors::remove);
                            cursors.add(opened);
                            return opened;
                        });
        return new StateCursor() {
            @Override
            public Optional<StateEntry> next() {
                return whileOpen("reading", rows::next)
                        .map(row ->
                                new StateEntry(row.key(), StateBatch.plain(table, row.value())));
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    @Override
    public long flush() {
        return whileOpen(
                "flushing",
                () -> {
                    long written = position;
                    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
                        rocks.database().flush(options, rocks.families());
                    }
                    durablePosition = written;
                    return written;
                });
    }

    @Override
    public void checkpoint(Path folder) {
        whileOpen(
                "copying",
                () -> {
                    try (Checkpoint checkpoint = Checkpoint.create(rocks.database())) {
                        checkpoint.createCheckpoint(folder.toString());
                    }
                    return folder;
                });
    }

    /// What it takes on disk and in native memory, by RocksDB's own names, for reports.
    public Map<String, Long> sizes() {
        return whileOpen(
                "measuring",
                () ->
                        Map.of(
                                "sstBytes",
                                rocks.database()
                                        .getAggregatedLongProperty("rocksdb.total-sst-files-size"),
                                "memtableBytes",
                                rocks.database()
                                        .getAggregatedLongProperty(
                                                "rocksdb.cur-size-all-mem-tables"),
                                "blockCacheBytes",
                                rocks.database().getLongProperty("rocksdb.block-cache-usage"),
                                "tableReaderBytes",
                                rocks.database()
                                        .getAggregatedLongProperty(
                                                "rocksdb.estimate-table-readers-mem")));
    }

    @Override
    public void close() {
        if (!closed) {
            try {
                flush();
            } finally {
                closeNatives();
            }
        }
    }

    /// Closes without flushing, as a crash does.
    void abandon() {
        closeNatives();
    }

    private void closeNatives() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                List.copyOf(cursors).forEach(RocksCursor::close);
                writeOptions.close();
                rocks.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
