package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.PassedResult;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A result that tells when it is closed.
final class WatchedResult extends PassedResult {
    private final AtomicInteger open;
    private final AtomicBoolean closed = new AtomicBoolean();

    WatchedResult(ArrowResult rows, AtomicInteger open) {
        super(rows);
        this.open = open;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            open.decrementAndGet();
        }
        super.close();
    }
}
