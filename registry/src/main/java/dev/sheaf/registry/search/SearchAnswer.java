package dev.sheaf.registry.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was found, of that which the viewer may know.
///
/// @param hits best first, equal ones by name
/// @param total of all pages
/// @param isLoose whether nothing has all of the words, so that these have but some
/// @param facets for each the values with their counts, the most frequent first; empty when not
///   asked for
/// @param next cursor of the next page
public record SearchAnswer(
        List<Hit> hits,
        int total,
        boolean isLoose,
        Map<Facet, List<Count>> facets,
        Optional<String> next) {
    public SearchAnswer {
        hits = List.copyOf(hits);
        facets = Map.copyOf(facets);
    }

    /// @param matches why it was found
    public record Hit(SearchDocument document, float score, List<Match> matches) {
        public Hit {
            matches = List.copyOf(matches);
        }
    }

    /// A place in which words were found.
    ///
    /// @param place as in `name`, `description`, `column email`
    /// @param text of it, or the part around the first word
    /// @param words in the text, in order, not overlapping
    public record Match(String place, String text, List<Range> words) {
        public Match {
            words = List.copyOf(words);
        }
    }

    /// @param end after the last character
    public record Range(int start, int end) {}

    public record Count(String value, int count) {}
}
