package dev.sheaf.query.federation;

import dev.sheaf.kernel.ByteSize;

import java.time.Duration;

/// Limits of statements over several regions.
///
/// @param rowsMax of one sub-query's answer
/// @param bytesMax of all sub-queries' answers of a statement, measured as Arrow batches in memory
/// @param keysMax values that go to a region to narrow a sub-query; beyond that only their range
///   goes
/// @param keyRowsMin a sub-query that is expected to answer fewer rows is not worth waiting for
///   another's keys
/// @param explainMax how long a region may take to say what a sub-query would mean
public record FederationLimits(
        long rowsMax, ByteSize bytesMax, int keysMax, long keyRowsMin, Duration explainMax) {
    public static final FederationLimits DEFAULT =
            new FederationLimits(
                    10_000_000, ByteSize.ofMebibytes(4096), 50_000, 20_000, Duration.ofSeconds(10));

    public FederationLimits {
        if (rowsMax < 1 || keysMax < 0 || keyRowsMin < 0 || !explainMax.isPositive()) {
            throw new IllegalArgumentException(
                    "rowsMax is at least 1, keysMax and keyRowsMin 0, explainMax positive");
        }
    }
}
