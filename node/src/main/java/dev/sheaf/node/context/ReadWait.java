package dev.sheaf.node.context;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.tracing.Span;

import io.opentelemetry.api.trace.SpanKind;

/// A caller's wait for a document to be as fresh as it has to be, as a span of the request that
/// begins when the wait does: a read that is answered at once has none. For any thread.
final class ReadWait implements Runnable, AutoCloseable {
    private final Span request;
    private volatile Span wait = Span.NONE;

    ReadWait(Span request) {
        this.request = request;
    }

    /// It has to be waited for.
    @Override
    public void run() {
        wait = request.child("context wait", SpanKind.INTERNAL);
    }

    void failed(Problem problem) {
        wait.failed(problem);
    }

    @Override
    public void close() {
        wait.close();
    }
}
