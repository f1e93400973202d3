package dev.sheaf.node.federation;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/// Whoever takes a stream of rows at its other end: whether it can take more now, and whether it
/// wants any at all. For any thread.
public final class RowTaker {
    private final ServerStreamListener listener;
    private final String threadName;
    private boolean cancelled;
    private @Nullable Runnable onCancel;

    /// How waiting for it ended.
    public enum State {
        READY,
        LATE,
        GONE
    }

    /// @param threadName of what is done when it wants no more
    public RowTaker(ServerStreamListener listener, String threadName) {
        this.listener = listener;
        this.threadName = threadName;
    }

    /// It wants no more, or is gone.
    public void cancelled() {
        Runnable action;
        synchronized (this) {
            cancelled = true;
            action = onCancel;
            notifyAll();
        }
        if (action != null) {
            Thread.ofVirtual().name(threadName).start(action);
        }
    }

    /// It can take more.
    public synchronized void ready() {
        notifyAll();
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /// @param action done at once if it has been cancelled already
    public void whenCancelled(Runnable action) {
        boolean now;
        synchronized (this) {
            onCancel = action;
            now = cancelled;
        }
        if (now) {
            action.run();
        }
    }

    /// Waits until it can take more.
    ///
    /// @param endNanos by [System#nanoTime()], until when
    public synchronized State await(long endNanos) throws InterruptedException {
        while (!cancelled && !listener.isReady()) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                return State.LATE;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return cancelled ? State.GONE : State.READY;
    }
}
