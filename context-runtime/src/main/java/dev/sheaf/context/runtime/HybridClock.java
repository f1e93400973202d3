package dev.sheaf.context.runtime;

import dev.sheaf.context.Hlc;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// This node's hybrid logical clock: never goes back, and is never behind a reading it was told of.
/// For any thread.
final class HybridClock {
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    HybridClock(Clock clock) {
        this.clock = clock;
    }

    long next() {
        long wall = clock.millis();
        return last.updateAndGet(before -> Hlc.next(before, wall));
    }

    /// A peer's reading; whoever calls has checked that it is not too far ahead.
    void observe(long hlc) {
        if (hlc > last.get()) {
            last.accumulateAndGet(hlc, Math::max);
        }
    }
}
