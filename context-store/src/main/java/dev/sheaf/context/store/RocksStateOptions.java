package dev.sheaf.context.store;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.file.Path;

/// How a [RocksState] is kept.
///
/// @param folder for the state alone; made when it is not there
/// @param blockCacheBytes native memory for blocks that were read, with indexes and filters; from 8
///   MiB
/// @param writeBufferBytes native memory for what was written and not flushed yet, all tables
///   together; from 8 MiB. Up to twice as much while a flush runs
public record RocksStateOptions(Path folder, long blockCacheBytes, long writeBufferBytes) {
    public static final long BLOCK_CACHE_BYTES = 64 << 20;
    public static final long WRITE_BUFFER_BYTES = 64 << 20;
    private static final long BYTES_MIN = 8 << 20;

    public RocksStateOptions {
        if (blockCacheBytes < BYTES_MIN || writeBufferBytes < BYTES_MIN) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the state store in "
                            + folder
                            + ": blockCacheBytes "
                            + blockCacheBytes
                            + " and writeBufferBytes "
                            + writeBufferBytes
                            + " must be at least "
                            + BYTES_MIN);
        }
    }

    /// With 64 MiB each.
    public static RocksStateOptions of(Path folder) {
        return new RocksStateOptions(folder, BLOCK_CACHE_BYTES, WRITE_BUFFER_BYTES);
    }
}
