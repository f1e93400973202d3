package dev.sheaf.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A page of what was found.
///
/// @param hits best first
/// @param total of all pages
/// @param loose whether nothing has all of the words, so that these have but some
/// @param complete whether all products of the catalog could be found already; not in the first
///   moments of a node
/// @param facets by name, the most frequent value first; empty when not asked for
/// @param next cursor of the next page
public record SearchResult(
        List<SearchHit> hits,
        long total,
        boolean loose,
        boolean complete,
        Map<String, List<FacetValue>> facets,
        Optional<String> next) {
    public SearchResult {
        hits = List.copyOf(hits);
        facets = Map.copyOf(facets);
    }
}
