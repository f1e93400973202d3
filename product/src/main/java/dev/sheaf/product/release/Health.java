package dev.sheaf.product.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a product is doing, as far as ledger and snapshots tell.
///
/// @param reasons why the status is not healthy, for people; empty when it is
/// @param current what readers see; empty when it was never published
/// @param schemaVersion the version of the declared contract, which the next release will keep
/// @param age of the current release; empty when it was never published
/// @param serviceLevels what the contract promises about age
/// @param errorRate rows quarantined per row read over the last runs; empty when none read a row
/// @param runsCounted how many runs that is
/// @param lastReport the quality report (JSON) of the last run that made one
/// @param lastFailure the last run that failed or was refused, even if a later one went well
public record Health(
        Status status,
        List<String> reasons,
        Optional<Release> current,
        String schemaVersion,
        Optional<Duration> age,
        List<ServiceLevel> serviceLevels,
        Optional<Double> errorRate,
        int runsCounted,
        Optional<String> lastReport,
        Optional<Failure> lastFailure) {
    public Health {
        reasons = List.copyOf(reasons);
        serviceLevels = List.copyOf(serviceLevels);
    }

    /// In this order of precedence, from the last.
    public enum Status {
        HEALTHY,
        /// Older than its contract allows: promises to be newer, or keeps data no longer.
        STALE,
        /// The last run that ended by itself failed or was refused; readers see the release before.
        FAILING,
        NEVER_PUBLISHED
    }

    /// @param refused by the quality gate, and not failed
    public record Failure(String runId, Instant at, boolean refused, String reason) {}
}
