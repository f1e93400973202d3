package dev.sheaf.bench.query;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.concurrent.atomic.AtomicLong;

/// Rows on their way over a border: counts what Arrow's stream format needs for each batch,
/// uncompressed.
final class CrossingRows implements ArrowResult {
    private static final int METADATA_BYTES = 512; // of a message of a dozen columns, or more
    private final ArrowResult rows;
    private final AtomicLong bytes;

    CrossingRows(ArrowResult rows, AtomicLong bytes) {
        this.rows = rows;
        this.bytes = bytes;
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
            bytes.addAndGet(batch.computeBodyLength() + METADATA_BYTES);
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
