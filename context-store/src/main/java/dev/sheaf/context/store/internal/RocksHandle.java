package dev.sheaf.context.store.internal;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.rocksdb.AbstractImmutableNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An open RocksDB with everything native that belongs to it, closed in the right order.
///
/// Its own log is off, and all column families are flushed together (`atomic_flush`), so that after
/// a crash they agree with the position that was written with them. Keys are in bytewise order.
public final class RocksHandle implements AutoCloseable {
    private static final int BLOOM_BITS = 10;
    private static final int BLOCK_BYTES = 8 << 10;
    private static final int METADATA_BLOCK_BYTES = 4 << 10;
    private static final int CACHE_SHARD_BITS = 2;
    private static final double CACHE_METADATA_SHARE = 0.5;
    private static final int OPEN_FILES_MAX = 512;
    private static final int BACKGROUND_JOBS = 2;
    private static final int FORMAT_VERSION = 6;

    private final Path folder;
    private final List<AbstractImmutableNativeReference> natives = new ArrayList<>();
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final RocksDB database;

    /// @param names of the column families beside the default one, in the order of their numbers
    public RocksHandle(Path folder, List<String> names, long cacheBytes, long writeBufferBytes)
            throws RocksDBException {
        this.folder = folder;
        RocksDB.loadLibrary();
        // Few shards, and indexes and filters in pieces: a whole filter of a large file would fill
        // a
        // shard and push out everything else with each read.
        Cache cache = keep(new LRUCache(cacheBytes, CACHE_SHARD_BITS, false, CACHE_METADATA_SHARE));
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFormatVersion(FORMAT_VERSION)
                        .setFilterPolicy(keep(new BloomFilter(BLOOM_BITS)))
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setMetadataBlockSize(METADATA_BLOCK_BYTES)
                        .setPinTopLevelIndexAndFilter(true)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true);
        ColumnFamilyOptions options =
                keep(new ColumnFamilyOptions())
                        .setTableFormatConfig(table)
                        .setWriteBufferSize(writeBufferBytes)
                        .setMaxWriteBufferNumber(2)
                        .setLevelCompactionDynamicLevelBytes(true)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
        DBOptions settings =
                keep(new DBOptions())
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setAtomicFlush(true)
                        .setDbWriteBufferSize(writeBufferBytes)
                        .setMaxOpenFiles(OPEN_FILES_MAX)
                        .setMaxBackgroundJobs(BACKGROUND_JOBS)
                        .setBytesPerSync(1 << 20)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setAvoidFlushDuringShutdown(true)
                        .setKeepLogFileNum(2);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options));
        for (String name : names) {
            descriptors.add(
                    new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), options));
        }
        try {
            database = RocksDB.open(settings, folder.toString(), descriptors, families);
        } catch (RocksDBException e) {
            closeNatives();
            throw e;
        }
    }

    private <T extends AbstractImmutableNativeReference> T keep(T reference) {
        natives.add(reference);
        return reference;
    }

    public RocksDB database() {
        return database;
    }

    /// By number; 0 is the default one.
    public ColumnFamilyHandle family(int number) {
        return families.get(number);
    }

    public List<ColumnFamilyHandle> families() {
        return families;
    }

    /// Whether every family has the number that batches use for it.
    public boolean isNumberedInOrder() {
        for (int i = 0; i < families.size(); i++) {
            if (families.get(i).getID() != i) {
                return false;
            }
        }
        return true;
    }

    /// What to throw for an exception of RocksDB.
    public static Problem problem(String what, Path folder, RocksDBException cause) {
        Status status = cause.getStatus();
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (status != null && status.getCode() == Status.Code.IOError && text.contains("lock")) {
            return new Problem(
                    ProblemCode.CONFLICT,
                    "the state store in "
                            + folder
                            + " is open already: only one process may have"
                            + " it. Stop the other node, or give this one a data folder of its own",
                    cause);
        }
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                what
                        + " the state store in "
                        + folder
                        + " failed: "
                        + text
                        + ". The log is not touched by this; make room or repair the disk and"
                        + " restart. If it says corruption, restore the last checkpoint",
                Map.of("folder", folder.toString()),
                cause);
    }

    public Problem problem(String what, RocksDBException cause) {
        return problem(what, folder, cause);
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        database.close();
        closeNatives();
    }

    private void closeNatives() {
        for (AbstractImmutableNativeReference reference : natives.reversed()) {
            reference.close();
        }
    }
}
