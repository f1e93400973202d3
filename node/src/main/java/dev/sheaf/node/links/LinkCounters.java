package dev.sheaf.node.links;

import java.util.concurrent.atomic.LongAdder;

/// Counts of all links of a node since its start, for its metrics. Thread-safe.
public final class LinkCounters {
    final LongAdder ups = new LongAdder();
    final LongAdder downs = new LongAdder();
    final LongAdder peersRefused = new LongAdder();
    final LongAdder attemptsFailed = new LongAdder();
    final LongAdder silences = new LongAdder();
    final LongAdder brokenStreams = new LongAdder();
    final LongAdder framesIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder framesOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();

    /// The counts at one moment, not atomically.
    ///
    /// @param peersRefused certificates of another mesh, region or authority, or out of date
    /// @param attemptsFailed dials that led to no link
    /// @param silences links given up because the peer was not heard any more
    /// @param brokenStreams links given up because the peer sent what no peer sends
    public record Counts(
            long ups,
            long downs,
            long peersRefused,
            long attemptsFailed,
            long silences,
            long brokenStreams,
            long framesIn,
            long bytesIn,
            long framesOut,
            long bytesOut) {}

    public Counts counts() {
        return new Counts(
                ups.sum(),
                downs.sum(),
                peersRefused.sum(),
                attemptsFailed.sum(),
                silences.sum(),
                brokenStreams.sum(),
                framesIn.sum(),
                bytesIn.sum(),
                framesOut.sum(),
                bytesOut.sum());
    }
}
