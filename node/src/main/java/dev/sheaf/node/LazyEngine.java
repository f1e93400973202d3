package dev.sheaf.node;

import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// An engine that is made when it is first needed, so that a node is ready before, and small until
/// then.
final class LazyEngine implements Engine {
    private final Supplier<Engine> maker;
    private @Nullable Engine engine;
    private boolean closed;

    LazyEngine(Supplier<Engine> maker) {
        this.maker = maker;
    }

    @Override
    public EngineSession open(SessionSpec spec) {
        return made().open(spec);
    }

    /// Makes it now.
    ///
    /// @throws dev.sheaf.kernel.Problem when it cannot be made
    synchronized Engine made() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        Engine there = engine;
        if (there == null) {
            there = maker.get();
            engine = there;
        }
        return there;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (engine != null) {
            engine.close();
        }
    }
}
