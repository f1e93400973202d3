package dev.sheaf.context.runtime;

import java.util.Optional;

/// Which conflicts.
///
/// @param after a position of the stream; only what came later
/// @param limit at most so many
public record ConflictQuery(
        Optional<String> type,
        Optional<String> id,
        Optional<String> queue,
        Optional<String> after,
        int limit) {}
