package dev.sheaf.bench.peers.pekko;

import dev.sheaf.bench.peers.child.Lags;

/// What one member has been told by its subscriptions: for each key the newest value, which is the
/// moment of its writing in microseconds, and how long values took. Safe for threads.
final class Observations {
    private final long[] newest;
    private long sum;
    private long begin;
    private Lags lags = new Lags();

    Observations(int keys) {
        newest = new long[keys];
    }

    /// @param own whether this member wrote it: such values count as seen, but have no lag
    synchronized void see(int key, long written, boolean own) {
        if (written <= newest[key]) {
            return;
        }
        sum += written - newest[key];
        newest[key] = written;
        if (!own && written >= begin) {
            lags.add(Writer.micros() - written);
        }
    }

    /// From here on lags are those of values written from now on.
    synchronized void restart() {
        begin = Writer.micros();
        lags = new Lags();
    }

    /// Over the newest values of all keys: equal at all members when all have seen the same.
    synchronized long sum() {
        return sum;
    }

    /// `COUNT P50 P99`, the latter two in milliseconds.
    synchronized String lags() {
        return lags.size() + " " + lags.milliseconds(0.5) + " " + lags.milliseconds(0.99);
    }
}
