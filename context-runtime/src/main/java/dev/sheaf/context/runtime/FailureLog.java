package dev.sheaf.context.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// Logs a failure at once, and the same failure again once a minute at most, with how often it was
/// met: what is tried all the time fails all the time. For any thread.
final class FailureLog {
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int KINDS_MAX = 64;

    private final LongSupplier nanoTime;
    private final BiConsumer<String, Throwable> log;
    private final Map<String, Met> kinds = new HashMap<>();

    /// A kind of failure since it was logged last.
    private static final class Met {
        private long loggedAtNanos;
        private long count;
    }

    /// @param log takes what is to be logged, and its cause
    FailureLog(LongSupplier nanoTime, BiConsumer<String, Throwable> log) {
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /// @param what failed
    void met(String what, Throwable cause) {
        String line;
        synchronized (this) {
            line = count(what, what + cause);
        }
        if (!line.isEmpty()) {
            log.accept(line, cause);
        }
    }

    private String count(String what, String kind) {
        long now = nanoTime.getAsLong();
        Met met = kinds.get(kind);
        if (met == null) {
            if (kinds.size() == KINDS_MAX) {
                kinds.clear();
            }
            met = new Met();
            met.loggedAtNanos = now;
            kinds.put(kind, met);
            return what;
        }
        met.count++;
        if (now - met.loggedAtNanos < EVERY_NANOS) {
            return "";
        }
        String line = what + ", " + met.count + " times more since this was logged last";
        met.loggedAtNanos = now;
        met.count = 0;
        return line;
    }
}
