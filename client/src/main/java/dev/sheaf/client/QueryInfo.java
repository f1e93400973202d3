package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What became of a query.
///
/// @param truncated whether rows were cut off
/// @param regions what other regions have contributed; absent when none was asked
public record QueryInfo(
        String id,
        State state,
        Instant startedAt,
        long rows,
        long bytes,
        long elapsedMillis,
        Optional<Boolean> truncated,
        Optional<ProblemBody> problem,
        Optional<List<QueryRegion>> regions) {
    /// Where it is.
    public enum State {
        RUNNING,
        FINISHED,
        FAILED,
        CANCELLED
    }
}
