package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How many statements one caller may have running here at once: never so many that another finds
/// no worker. For any thread.
final class CallerPlaces {
    private final int eachMax;
    private final Duration waitMax;
    private final Map<String, Integer> taken = new HashMap<>();

    /// @param workersMax of all statements; one at least is left to others where there are two or
    ///   more
    CallerPlaces(int workersMax, Duration waitMax) {
        this.eachMax = Math.max(1, workersMax - 1);
        this.waitMax = waitMax;
    }

    /// @return to be closed when the statement has ended
    /// @throws Problem BUSY when there is no place in the time allowed
    synchronized Place enter(SqlCaller caller) {
        String identity = caller.identity();
        long endNanos = System.nanoTime() + waitMax.toNanos();
        while (taken.getOrDefault(identity, 0) >= eachMax) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                throw new Problem(
                        ProblemCode.BUSY,
                        "you have "
                                + eachMax
                                + " statements running here, which is all one caller may have;"
                                + " read their rows to the end or close them");
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Problem(ProblemCode.CANCELLED, "the node stops", e);
            }
        }
        taken.merge(identity, 1, Integer::sum);
        return () -> leave(identity);
    }

    /// One statement's place.
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    private synchronized void leave(String identity) {
        taken.computeIfPresent(identity, (_, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }
}
