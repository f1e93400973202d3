package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A result that tells when it is closed.
final class WatchedResult implements ArrowResult {
    private final ArrowResult rows;
    private final AtomicInteger open;
    private final AtomicBoolean closed = new AtomicBoolean();

    WatchedResult(ArrowResult rows, AtomicInteger open) {
        this.rows = rows;
        this.open = open;
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public boolean next() {
        return rows.next();
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
        if (closed.compareAndSet(false, true)) {
            open.decrementAndGet();
        }
        rows.close();
    }
}
