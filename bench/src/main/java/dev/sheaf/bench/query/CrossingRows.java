package dev.sheaf.bench.query;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Rows on their way over a border: counts what Arrow's stream format needs for each batch,
/// uncompressed, and takes the time that a link of that rate takes.
final class CrossingRows implements ArrowResult {
    private static final int METADATA_BYTES = 512; // of a message of a dozen columns, or more
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private final ArrowResult rows;
    private final AtomicLong bytes;
    private final long bytesPerSecond;

    /// @param bytesPerSecond of the link; zero for one that takes no time
    CrossingRows(ArrowResult rows, AtomicLong bytes, long bytesPerSecond) {
        this.rows = rows;
        this.bytes = bytes;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public boolean next() {
        if (!rows.next()) {
            return false;
        }
        try (ArrowRecordBatch batch = new VectorUnloader(rows.batch()).getRecordBatch()) {
            long size = batch.computeBodyLength() + METADATA_BYTES;
            bytes.addAndGet(size);
            if (bytesPerSecond > 0) {
                LockSupport.parkNanos(size * NANOS_PER_SECOND / bytesPerSecond);
            }
        }
        return true;
    }

    @Override
    public VectorSchemaRoot batch() {
        return rows.batch();
    }

    @Override
    public DictionaryProvider dictionaries() {
        return rows.dictionaries();
    }

    @Override
    public void close() {
        rows.close();
    }
}
