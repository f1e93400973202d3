package dev.sheaf.engine;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;

/// A result whose rows pass through something that looks at them on their way. All is as the rows
/// have it, unless overridden. Threads as for [ArrowResult].
public abstract class PassedResult implements ArrowResult {
    private final ArrowResult rows;

    protected PassedResult(ArrowResult rows) {
        this.rows = rows;
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
    public long batchBytes() {
        return rows.batchBytes();
    }

    @Override
    public void close() {
        rows.close();
    }
}
