package dev.sheaf.bench.context;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// What something took: time by the clock, and of the processor for the calling thread alone. On a
/// machine that others use as well the second says more.
///
/// @param nanos by the monotonic clock
/// @param processorNanos of the thread that measures; garbage collection and compilation are not in
///   it
record Stopwatch(long nanos, long processorNanos) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime(), THREADS.getCurrentThreadCpuTime());
    }

    /// What has passed since this was started, by the same thread.
    Stopwatch passed() {
        return new Stopwatch(
                System.nanoTime() - nanos, THREADS.getCurrentThreadCpuTime() - processorNanos);
    }

    /// The lesser of both, each for itself.
    Stopwatch best(Stopwatch other) {
        return new Stopwatch(
                Math.min(nanos, other.nanos), Math.min(processorNanos, other.processorNanos));
    }

    long perSecond(long count) {
        return Math.round(count / (nanos / 1e9));
    }

    long perProcessorSecond(long count) {
        return Math.round(count / (processorNanos / 1e9));
    }
}
