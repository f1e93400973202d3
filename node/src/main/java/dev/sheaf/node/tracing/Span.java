package dev.sheaf.node.tracing;

import dev.sheaf.kernel.Problem;

import java.util.Optional;

/// A piece of work within a trace, until it is closed. Where nobody collects spans it only passes
/// on the context that it was begun with. For one thread at a time, but for [#context].
public sealed interface Span extends AutoCloseable permits RecordedSpan, PassedSpan {
    /// Nothing is traced.
    Span NONE = new PassedSpan(Optional.empty());

    /// What the work is to whoever waits for it.
    enum Kind {
        INTERNAL,
        /// Answers somebody outside this node.
        SERVER,
        /// Asks somebody outside this node.
        CLIENT
    }

    /// What is sent along with whatever this work asks of others; empty when nothing is traced.
    Optional<TraceContext> context();

    /// A piece of this work.
    ///
    /// @param name of few different ones, without names of products or callers
    Span child(String name, Kind kind);

    /// Names, counts and sizes; never values of data, and never who asked.
    void set(String name, String value);

    void set(String name, long value);

    /// It did not succeed.
    void failed(Problem problem);

    @Override
    void close();

    /// The header that is sent along; empty when nothing is traced.
    default String header() {
        return context().map(TraceContext::header).orElse("");
    }
}
