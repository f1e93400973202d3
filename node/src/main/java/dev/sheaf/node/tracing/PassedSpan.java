package dev.sheaf.node.tracing;

import dev.sheaf.kernel.Problem;

import java.util.Optional;

/// Records nothing.
///
/// @param context as it came
record PassedSpan(Optional<TraceContext> context) implements Span {
    @Override
    public Span child(String name, Kind kind) {
        return this;
    }

    @Override
    public void set(String name, String value) {
        // nobody collects it
    }

    @Override
    public void set(String name, long value) {
        // nobody collects it
    }

    @Override
    public void failed(Problem problem) {
        // nobody collects it
    }

    @Override
    public void close() {
        // nothing was begun
    }
}
