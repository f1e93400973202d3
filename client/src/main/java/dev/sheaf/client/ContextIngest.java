package dev.sheaf.client;

import java.util.List;

/// What became of a batch of events.
///
/// @param events written + duplicates + refused
/// @param results one for each event, in order
public record ContextIngest(
        long events,
        long written,
        long duplicates,
        long refused,
        List<ContextIngestResult> results) {
    public ContextIngest {
        results = List.copyOf(results);
    }

    /// Counts the results.
    public static ContextIngest of(List<ContextIngestResult> results) {
        long refused = results.stream().filter(result -> result.problem().isPresent()).count();
        long duplicates =
                results.stream()
                        .filter(result ->
                                result.receipt().map(ContextReceipt::duplicate).orElse(false))
                        .count();
        return new ContextIngest(
                results.size(),
                results.size() - refused - duplicates,
                duplicates,
                refused,
                results);
    }
}
