package dev.sheaf.context.store;

import dev.sheaf.kernel.Problem;

import java.nio.file.Path;

/// How a [ContextStore] is kept.
///
/// @param folder of the log and the state; made when it is not there
/// @param owner mesh and node, see [SegmentLogOptions#owner]
public record ContextStoreOptions(
        Path folder,
        String owner,
        long segmentBytes,
        int bufferBytes,
        long blockCacheBytes,
        long writeBufferBytes) {
    static final String LOG = "log";
    static final String STATE = "state";

    /// @throws Problem INVALID_CONFIGURATION when a value is out of range
    public ContextStoreOptions {
        new SegmentLogOptions(folder.resolve(LOG), owner, segmentBytes, bufferBytes);
        new RocksStateOptions(folder.resolve(STATE), blockCacheBytes, writeBufferBytes);
    }

    /// With the sizes that [SegmentLogOptions] and [RocksStateOptions] recommend.
    public static ContextStoreOptions of(Path folder, String owner) {
        return new ContextStoreOptions(
                folder,
                owner,
                SegmentLogOptions.SEGMENT_BYTES,
                SegmentLogOptions.BUFFER_BYTES,
                RocksStateOptions.BLOCK_CACHE_BYTES,
                RocksStateOptions.WRITE_BUFFER_BYTES);
    }

    SegmentLogOptions log() {
        return new SegmentLogOptions(folder.resolve(LOG), owner, segmentBytes, bufferBytes);
    }

    RocksStateOptions state() {
        return new RocksStateOptions(folder.resolve(STATE), blockCacheBytes, writeBufferBytes);
    }
}
