package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.links.LinkFaults.Direction;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The rows of one sub-query on their way to the region that asked: batch by batch as they are made
/// and as the peer takes them, without a copy of them in between. Cancelling comes from another
/// thread.
final class StreamedAnswer {
    private final ServerStreamListener listener;
    private final PeerFaults way;
    private boolean cancelled;
    private @Nullable Runnable onCancel;

    StreamedAnswer(ServerStreamListener listener, PeerFaults way) {
        this.listener = listener;
        this.way = way;
    }

    /// Whether the question has come through.
    boolean asked() {
        return way.pass(Direction.IN, this::isCancelled);
    }

    /// The peer does not want it any more, or is gone.
    void cancelled() {
        Runnable action;
        synchronized (this) {
            cancelled = true;
            action = onCancel;
            notifyAll();
        }
        if (action != null) {
            Thread.ofVirtual().name("sub-query-cancel").start(action);
        }
    }

    /// The peer can take more.
    synchronized void ready() {
        notifyAll();
    }

    /// @param action done at once if it has been cancelled already
    void whenCancelled(Runnable action) {
        boolean now;
        synchronized (this) {
            onCancel = action;
            now = cancelled;
        }
        if (now) {
            action.run();
        }
    }

    /// @param timeout until the peer has taken the last row
    /// @throws Problem CANCELLED, TIMED_OUT, and what the rows throw
    void send(ArrowResult rows, Duration timeout) {
        long endNanos = System.nanoTime() + timeout.toNanos();
        boolean more = rows.next();
        passBack();
        listener.start(rows.batch(), rows.dictionaries());
        for (; more; more = rows.next()) {
            awaitReady(endNanos);
            if (way.isCut()) {
                passBack();
            }
            listener.putNext();
        }
    }

    void completed() {
        if (!isCancelled()) {
            listener.completed();
        }
    }

    void failed(RuntimeException cause) {
        if (!isCancelled() && way.pass(Direction.OUT, this::isCancelled)) {
            listener.error(cause);
        }
    }

    private void passBack() {
        if (!way.pass(Direction.OUT, this::isCancelled)) {
            throw gone();
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized void awaitReady(long endNanos) {
        while (!cancelled && !listener.isReady()) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                throw new Problem(
                        ProblemCode.TIMED_OUT, "the rows were not taken in the time allowed");
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Problem(ProblemCode.CANCELLED, "the node stops", e);
            }
        }
        if (cancelled) {
            throw gone();
        }
    }

    private static Problem gone() {
        return new Problem(ProblemCode.CANCELLED, "the asking region wants no more");
    }
}
