package dev.sheaf.node.runs;

import dev.sheaf.node.tracing.Span;

import io.opentelemetry.api.trace.SpanKind;

/// The phases of a publish as spans, each until the next begins. For one thread at a time.
final class PhaseSpans implements AutoCloseable {
    private final Span whole;
    private String phase = "";
    private Span current = Span.NONE;

    PhaseSpans(Span whole) {
        this.whole = whole;
    }

    synchronized void at(String name) {
        if (!name.equals(phase)) {
            current.close();
            phase = name;
            current = whole.child("publish " + name, SpanKind.INTERNAL);
        }
    }

    @Override
    public synchronized void close() {
        current.close();
    }
}
