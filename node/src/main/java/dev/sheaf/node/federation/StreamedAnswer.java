package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.links.LinkFaults.Direction;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;

import java.time.Duration;

/// The rows of one sub-query on their way to the region that asked: batch by batch as they are made
/// and as the peer takes them, without a copy of them in between. Cancelling comes from another
/// thread.
final class StreamedAnswer {
    private final ServerStreamListener listener;
    private final PeerFaults way;
    private final RowTaker taker;

    StreamedAnswer(ServerStreamListener listener, PeerFaults way) {
        this.listener = listener;
        this.way = way;
        this.taker = new RowTaker(listener, "sub-query-cancel");
    }

    /// Whether the question has come through.
    boolean asked() {
        return way.pass(Direction.IN, this::isCancelled);
    }

    /// The peer does not want it any more, or is gone.
    void cancelled() {
        taker.cancelled();
    }

    /// The peer can take more.
    void ready() {
        taker.ready();
    }

    /// @param action done at once if it has been cancelled already
    void whenCancelled(Runnable action) {
        taker.whenCancelled(action);
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

    boolean isCancelled() {
        return taker.isCancelled();
    }

    private void awaitReady(long endNanos) {
        try {
            switch (taker.await(endNanos)) {
                case READY -> {}
                case LATE ->
                        throw new Problem(
                                ProblemCode.TIMED_OUT,
                                "the rows were not taken in the time allowed");
                case GONE -> throw gone();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "the node stops", e);
        }
    }

    private static Problem gone() {
        return new Problem(ProblemCode.CANCELLED, "the asking region wants no more");
    }
}
