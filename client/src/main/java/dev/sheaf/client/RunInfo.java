package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One publish, under way or finished.
///
/// @param phase what it is doing, for people
/// @param progress 0 to 1, empty when it is not known
/// @param report the quality report as JSON values
/// @param problem why it failed or was refused
public record RunInfo(
        String id,
        String product,
        RunState state,
        Optional<String> phase,
        OptionalDouble progress,
        Optional<String> message,
        boolean dryRun,
        String startedBy,
        Instant startedAt,
        Optional<Instant> finishedAt,
        String contractVersion,
        List<RunInput> inputs,
        OptionalLong release,
        long rowsIn,
        long rowsPublished,
        long rowsQuarantined,
        OptionalDouble score,
        Optional<Map<String, Object>> report,
        Optional<ProblemBody> problem) {
    public RunInfo {
        inputs = List.copyOf(inputs);
    }
}
