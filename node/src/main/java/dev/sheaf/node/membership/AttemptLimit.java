package dev.sheaf.node.membership;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/// So many attempts in a minute, of all callers together: what is open to all must not keep the
/// node busy. For any thread.
final class AttemptLimit {
    static final int ATTEMPTS_PER_MINUTE = 30;
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Deque<Long> attempts = new ArrayDeque<>();

    AttemptLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// @throws Problem BUSY when there were too many
    synchronized void attempt() {
        long now = nanoTime.getAsLong();
        while (!attempts.isEmpty() && now - attempts.getFirst() > MINUTE_NANOS) {
            attempts.removeFirst();
        }
        if (attempts.size() >= ATTEMPTS_PER_MINUTE) {
            throw new Problem(
                    ProblemCode.BUSY,
                    "there were "
                            + ATTEMPTS_PER_MINUTE
                            + " attempts to join in the last minute; try again in one");
        }
        attempts.addLast(now);
    }
}
