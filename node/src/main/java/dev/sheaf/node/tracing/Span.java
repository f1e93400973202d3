package dev.sheaf.node.tracing;

import dev.sheaf.kernel.Problem;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;

import java.util.Optional;

/// A piece of work within a trace, until it is closed: one of OpenTelemetry's, handed on as a value
/// and never bound to a thread, as work changes threads here. Where nobody collects spans it only
/// passes on the context that it was begun with. For any thread.
public final class Span implements AutoCloseable {
    /// Nothing is traced.
    public static final Span NONE =
            new Span(Tracer.NONE, io.opentelemetry.api.trace.Span.getInvalid());

    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;

    Span(Tracer tracer, io.opentelemetry.api.trace.Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    /// The trace's id, 32 hexadecimal digits; empty when nothing is traced.
    public Optional<String> traceId() {
        return span.getSpanContext().isValid()
                ? Optional.of(span.getSpanContext().getTraceId())
                : Optional.empty();
    }

    /// The header `traceparent` that is sent along with whatever this work asks of others; empty
    /// when nothing is traced.
    public String header() {
        return Tracer.header(span);
    }

    /// Whether somebody collects it.
    public boolean isRecorded() {
        return span.isRecording();
    }

    /// A piece of this work; nothing when this is nothing.
    ///
    /// @param name of few different ones, without names of products or callers
    public Span child(String name, SpanKind kind) {
        return span.getSpanContext().isValid() ? tracer.below(span, name, kind) : NONE;
    }

    /// Names, counts and sizes; never values of data, and never who asked.
    public void set(String name, String value) {
        span.setAttribute(name, value);
    }

    /// A count or a size.
    public void set(String name, long value) {
        span.setAttribute(name, value);
    }

    /// It did not succeed. The problem's code is told, its message is not.
    public void failed(Problem problem) {
        String code = problem.code().name();
        span.setAttribute("error.type", code);
        span.setStatus(StatusCode.ERROR, code);
    }

    /// Once; further calls do nothing.
    @Override
    public void close() {
        span.end();
    }
}
