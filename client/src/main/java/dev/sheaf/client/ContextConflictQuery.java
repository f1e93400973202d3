package dev.sheaf.client;

import java.util.Optional;

/// Which conflicts.
///
/// @param queue only what was escalated to it
/// @param after a position; only what came later
/// @param limit at most so many
public record ContextConflictQuery(
        Optional<String> type,
        Optional<String> id,
        Optional<String> queue,
        Optional<String> after,
        int limit) {}
