package dev.sheaf.node.federation;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.LinkFaults;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Faults that were made on purpose between this region and a peer, as calls meet them: what is cut
/// waits until it is healed or given up, what is delayed passes later. Without faults it costs one
/// look. For any thread, which may wait.
final class PeerFaults {
    private static final long LOOK_MILLIS = 20;

    private final LinkFaults faults;
    private final RegionName peer;

    PeerFaults(LinkFaults faults, RegionName peer) {
        this.faults = faults;
        this.peer = peer;
    }

    boolean isCut() {
        return faults.of(peer).cut();
    }

    /// Passes the border, in one direction.
    ///
    /// @param givenUp whether nobody waits any more
    /// @return false when it was given up
    boolean pass(LinkFaults.Direction direction, BooleanSupplier givenUp) {
        long late = faults.drawDelayNanos(peer, direction);
        if (late > 0) {
            await(System.nanoTime() + late, givenUp);
        }
        while (isCut() && !givenUp.getAsBoolean()) {
            pause(LOOK_MILLIS);
        }
        return !givenUp.getAsBoolean();
    }

    private static void await(long endNanos, BooleanSupplier givenUp) {
        for (long left = endNanos - System.nanoTime();
                left > 0 && !givenUp.getAsBoolean();
                left = endNanos - System.nanoTime()) {
            if (left < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
                java.util.concurrent.locks.LockSupport.parkNanos(left);
            } else {
                pause(LOOK_MILLIS);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a call passed a border", e);
        }
    }
}
