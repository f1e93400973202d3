package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.tracing.Span;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;

/// Rows whose way is a span, which ends with them.
final class TracedRows implements ArrowResult {
    private final ArrowResult rows;
    private final Span span;
    private long count;

    TracedRows(ArrowResult rows, Span span) {
        this.rows = rows;
        this.span = span;
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public boolean next() {
        try {
            boolean more = rows.next();
            count += more ? rows.batch().getRowCount() : 0;
            return more;
        } catch (Problem e) {
            span.failed(e);
            throw e;
        }
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
        span.set("sheaf.rows", count);
        span.close();
    }
}
