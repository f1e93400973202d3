package dev.sheaf.node.http;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many requests are worked on at once, and whether new ones are taken.
final class Gate {
    private final int placesMax;
    private final Semaphore places;
    private volatile boolean closed;

    Gate(int placesMax) {
        this.placesMax = placesMax;
        this.places = new Semaphore(placesMax);
    }

    /// @throws Problem BUSY when there is no place or the node stops
    void enter() {
        if (closed) {
            throw new Problem(ProblemCode.BUSY, "the node is stopping and takes no new work");
        }
        if (!places.tryAcquire()) {
            throw new Problem(
                    ProblemCode.BUSY,
                    "the node works on "
                            + placesMax
                            + " requests already, which is all it takes at once");
        }
    }

    void leave() {
        places.release();
    }

    int inside() {
        return placesMax - places.availablePermits();
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /// Waits for those inside; whether all have left.
    boolean awaitEmpty(Duration atMost) throws InterruptedException {
        boolean empty = places.tryAcquire(placesMax, atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (empty) {
            places.release(placesMax);
        }
        return empty;
    }
}
