package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.PassedResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.tracing.Span;

/// Rows whose way is a span, which ends with them.
final class TracedRows extends PassedResult {
    private final Span span;
    private long count;

    TracedRows(ArrowResult rows, Span span) {
        super(rows);
        this.span = span;
    }

    @Override
    public boolean next() {
        try {
            boolean more = super.next();
            count += more ? batch().getRowCount() : 0;
            return more;
        } catch (Problem e) {
            span.failed(e);
            throw e;
        }
    }

    @Override
    public void close() {
        super.close();
        span.set("sheaf.rows", count);
        span.close();
    }
}
