package dev.sheaf.node.federation;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many sub-queries of other regions run here at once: never so many that this region's own
/// callers find no worker, and no peer so many that another finds none. For any thread.
final class PeerAdmission {
    private final int eachMax;
    private final Duration waitMax;
    private final Semaphore all;
    private final Map<RegionName, Semaphore> peers = new ConcurrentHashMap<>();

    /// @param workersMax of all statements; one at least is left to local callers where there are
    ///   two or more
    /// @param waitMax how long a sub-query waits for its turn
    PeerAdmission(int workersMax, Duration waitMax) {
        int allMax = Math.max(1, workersMax - 1);
        this.eachMax = Math.max(1, allMax - 1);
        this.waitMax = waitMax;
        this.all = new Semaphore(allMax, true);
    }

    /// One sub-query's place, until it is given back. Giving back twice does nothing.
    static final class Place implements AutoCloseable {
        private final Semaphore peer;
        private final Semaphore all;
        private boolean taken = true;

        private Place(Semaphore peer, Semaphore all) {
            this.peer = peer;
            this.all = all;
        }

        @Override
        public synchronized void close() {
            if (taken) {
                taken = false;
                peer.release();
                all.release();
            }
        }
    }

    /// @throws Problem BUSY when there is no place in the time allowed
    Place enter(RegionName coordinator, Duration timeout) {
        Semaphore peer = peers.computeIfAbsent(coordinator, _ -> new Semaphore(eachMax, true));
        long endNanos =
                System.nanoTime() + (timeout.compareTo(waitMax) < 0 ? timeout : waitMax).toNanos();
        if (!isTaken(peer, endNanos)) {
            throw busy("of " + coordinator);
        }
        if (!isTaken(all, endNanos)) {
            peer.release();
            throw busy("of other regions");
        }
        return new Place(peer, all);
    }

    private static boolean isTaken(Semaphore places, long endNanos) {
        try {
            return places.tryAcquire(
                    Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "the node stops", e);
        }
    }

    private static Problem busy(String whose) {
        return new Problem(
                ProblemCode.BUSY,
                "as many sub-queries "
                        + whose
                        + " run here as may at once; try again, or with a longer timeout");
    }
}
