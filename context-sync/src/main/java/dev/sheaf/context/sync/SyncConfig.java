package dev.sheaf.context.sync;

import dev.sheaf.context.Lane;

import java.time.Duration;

/// How one group replicates. All durations are in nanoseconds of the node's monotonic clock.
///
/// @param beatEveryNanos how often each upstream is asked how far it is
/// @param idleBeatEveryNanos the same while nothing was written for a while; see [Replica#refresh]
/// @param retryNanos pause before something that was declined or refused is asked for again
/// @param silenceMaxNanos how long a member may be silent before its eviction is proposed
/// @param windowBytes how much of one stream may be on its way to one subscriber
/// @param clockAheadMaxMillis how far an event's clock may be ahead of the receiver's
/// @param driftMaxPartsPerMillion by how much two monotonic clocks' speeds may differ; measured
///   staleness is raised by as much
public record SyncConfig(
        long beatEveryNanos,
        long idleBeatEveryNanos,
        long retryNanos,
        long silenceMaxNanos,
        long windowBytes,
        long clockAheadMaxMillis,
        long driftMaxPartsPerMillion) {
    private static final long IDLE_FACTOR = 10;

    public SyncConfig {
        if (beatEveryNanos <= 0 || idleBeatEveryNanos < beatEveryNanos || windowBytes <= 0) {
            throw new IllegalArgumentException(
                    "beats every "
                            + beatEveryNanos
                            + " ns, idle every "
                            + idleBeatEveryNanos
                            + " ns, window "
                            + windowBytes
                            + " bytes: all must be positive, idle not below busy");
        }
    }

    /// What a group gets whose most urgent type is of this lane.
    public static SyncConfig of(Lane lane) {
        long beat =
                switch (lane) {
                    case CRITICAL -> Duration.ofMillis(25).toNanos();
                    case IMPORTANT -> Duration.ofMillis(250).toNanos();
                    case BACKGROUND -> Duration.ofSeconds(5).toNanos();
                };
        return new SyncConfig(
                beat,
                beat * IDLE_FACTOR,
                Duration.ofSeconds(1).toNanos(),
                Duration.ofHours(24).toNanos(),
                4 << 20,
                60_000,
                1_000);
    }
}
