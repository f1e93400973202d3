package dev.sheaf.bench.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.PassedResult;

import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Rows on their way over a border: counts what Arrow's stream format needs for each batch,
/// uncompressed, and takes the time that a link of that rate takes.
final class CrossingRows extends PassedResult {
    private static final int METADATA_BYTES = 512; // of a message of a dozen columns, or more
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private final AtomicLong bytes;
    private final long bytesPerSecond;

    /// @param bytesPerSecond of the link; zero for one that takes no time
    CrossingRows(ArrowResult rows, AtomicLong bytes, long bytesPerSecond) {
        super(rows);
        this.bytes = bytes;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public boolean next() {
        if (!super.next()) {
            return false;
        }
        try (ArrowRecordBatch batch = new VectorUnloader(batch()).getRecordBatch()) {
            long size = batch.computeBodyLength() + METADATA_BYTES;
            bytes.addAndGet(size);
            if (bytesPerSecond > 0) {
                LockSupport.parkNanos(size * NANOS_PER_SECOND / bytesPerSecond);
            }
        }
        return true;
    }
}
