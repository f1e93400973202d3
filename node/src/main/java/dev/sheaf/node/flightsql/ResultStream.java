package dev.sheaf.node.flightsql;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.federation.RowTaker;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Rows on their way to a client: batch by batch as they are made and as the client takes them,
/// without a copy of them in between. So a client that never reads holds one batch and what the
/// connection has taken of it, and not for longer than allowed. Cancelling comes from another
/// thread.
final class ResultStream {
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ServerStreamListener listener;
    private final Duration silenceMax;
    private final Runnable check;
    private long checkedNanos = System.nanoTime();
    private final RowTaker taker;

    /// @param silenceMax how long the client may take nothing
    /// @param check made now and then between batches; what it throws ends the rows
    ResultStream(ServerStreamListener listener, Duration silenceMax, Runnable check) {
        this.listener = listener;
        this.silenceMax = silenceMax;
        this.check = check;
        this.taker = new RowTaker(listener, "flight-sql-cancel");
        listener.setOnCancelHandler(taker::cancelled);
        listener.setOnReadyHandler(taker::ready);
    }

    /// @param action done at once if it has been cancelled already
    void whenCancelled(Runnable action) {
        taker.whenCancelled(action);
    }

    /// @return how many rows
    /// @throws Problem CANCELLED, TIMED_OUT, what the check and the rows throw
    long send(ArrowResult rows) {
        long count = 0;
        boolean more = rows.next();
        listener.start(rows.batch(), rows.dictionaries());
        for (; more; more = rows.next()) {
            awaitReady();
            check();
            count += rows.batch().getRowCount();
            listener.putNext();
        }
        if (isCancelled()) {
            throw gone(null);
        }
        return count;
    }

    private void check() {
        long now = System.nanoTime();
        if (now - checkedNanos > CHECK_NANOS) {
            checkedNanos = now;
            check.run();
        }
    }

    void completed() {
        if (!isCancelled()) {
            listener.completed();
        }
    }

    void failed(RuntimeException cause) {
        if (!isCancelled()) {
            listener.error(cause);
        }
    }

    boolean isCancelled() {
        return taker.isCancelled();
    }

    private void awaitReady() {
        try {
            switch (taker.await(System.nanoTime() + silenceMax.toNanos())) {
                case READY -> {}
                case LATE ->
                        throw new Problem(
                                ProblemCode.TIMED_OUT,
                                "you have taken no row for "
                                        + silenceMax
                                        + ", so the statement was ended; run it again, with a LIMIT"
                                        + " if its rows are wanted slowly");
                case GONE -> throw gone(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone(e);
        }
    }

    private static Problem gone(@Nullable Exception cause) {
        return new Problem(ProblemCode.CANCELLED, "the client wants no more", cause);
    }
}
