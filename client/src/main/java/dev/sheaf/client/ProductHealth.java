package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How a product is.
///
/// @param reasons why it is not healthy, for people
/// @param schemaVersion the contract version of the current release
/// @param errorRate quarantined rows of all rows of the last finished publish, 0 to 1
public record ProductHealth(
        String product,
        Status status,
        List<String> reasons,
        String schemaVersion,
        Optional<Freshness> freshness,
        OptionalDouble errorRate,
        OptionalLong currentRelease,
        Optional<RunInfo> lastRun) {
    public ProductHealth {
        reasons = List.copyOf(reasons);
    }

    /// In one word.
    public enum Status {
        HEALTHY,
        /// Older than its contract promises.
        STALE,
        /// The last publish was refused or failed.
        DEGRADED,
        /// No release yet.
        EMPTY
    }

    /// @param promisedSeconds the contract's promise, empty when it makes none
    /// @param kept whether the promise is kept
    public record Freshness(
            Instant releasedAt,
            long ageSeconds,
            OptionalLong promisedSeconds,
            Optional<Boolean> kept) {}
}
