package dev.sheaf.node.replicas;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Holds a thread back so that no more bytes pass in a second than allowed. A pause before does not
/// count: at most one second's worth is caught up with. For one thread.
final class Pace {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long bytesPerSecondMax;
    private final BooleanSupplier stopped;
    private long freeNanos = System.nanoTime();

    /// @param bytesPerSecondMax 0 for no limit
    Pace(long bytesPerSecondMax, BooleanSupplier stopped) {
        this.bytesPerSecondMax = bytesPerSecondMax;
        this.stopped = stopped;
    }

    void passed(long bytes) {
        if (bytesPerSecondMax == 0) {
            return;
        }
        long now = System.nanoTime();
        long cost = (long) (TimeUnit.SECONDS.toNanos(1) * ((double) bytes / bytesPerSecondMax));
        freeNanos = Math.max(freeNanos, now - TimeUnit.SECONDS.toNanos(1)) + cost;
        for (long left = freeNanos - System.nanoTime();
                left > 0 && !stopped.getAsBoolean();
                left = freeNanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
        }
    }
}
