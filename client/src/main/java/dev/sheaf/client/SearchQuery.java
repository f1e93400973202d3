package dev.sheaf.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is looked for.
///
/// @param words as people type them, with filters as in `tag:finance`
/// @param filters values by `domain`, `region`, `tag`, `classification`, `owner`, `status`
public record SearchQuery(
        String words,
        Map<String, List<String>> filters,
        boolean facets,
        int limit,
        Optional<String> cursor) {
    public SearchQuery {
        filters = Map.copyOf(filters);
    }
}
