package dev.sheaf.registry.search;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is looked for.
///
/// @param text words, `"phrases"` and filters as in `tag:finance`, as people type it; whatever it
///   is, it is a query. Empty for all products
/// @param filters besides those of the text; of each facet any of the values will do
/// @param hasFacets whether to count by facet
/// @param hitsMax on the page, 1 to 1,000
/// @param cursor of the page before
public record SearchRequest(
        String text,
        Map<Facet, Set<String>> filters,
        boolean hasFacets,
        int hitsMax,
        Optional<String> cursor) {
    public static final int HITS_MAX = 1000;

    public SearchRequest {
        filters = Map.copyOf(filters);
        if (hitsMax < 1 || hitsMax > HITS_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + HITS_MAX + " hits");
        }
    }

    public static SearchRequest of(String text) {
        return new SearchRequest(text, Map.of(), false, 20, Optional.empty());
    }

    public SearchRequest withFacets() {
        return new SearchRequest(text, filters, true, hitsMax, cursor);
    }

    public SearchRequest withHits(int max) {
        return new SearchRequest(text, filters, hasFacets, max, cursor);
    }

    public SearchRequest after(String page) {
        return new SearchRequest(text, filters, hasFacets, hitsMax, Optional.of(page));
    }
}
