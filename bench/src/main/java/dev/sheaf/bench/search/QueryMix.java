package dev.sheaf.bench.search;

import dev.sheaf.registry.search.Facet;
import dev.sheaf.registry.search.SearchDocument;
import dev.sheaf.registry.search.SearchRequest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// What people look for: half of it as it is written, the other half with a letter wrong, half
/// typed, filtered, with facets.
final class QueryMix {
    enum Kind {
        EXACT,
        TYPO,
        PREFIX,
        BROAD,
        FACETS,
        FILTER,
        BROWSE
    }

    private final List<SearchDocument> documents;
    private final Random random;

    QueryMix(List<SearchDocument> documents, long seed) {
        this.documents = documents;
        this.random = new Random(seed);
    }

    SearchRequest one(Kind kind) {
        SearchDocument document = any();
        String[] words = document.name().name().split("-");
        String text = String.join(" ", List.of(words).subList(0, words.length - 1));
        return switch (kind) {
            case EXACT -> SearchRequest.of(text + " ");
            case TYPO -> SearchRequest.of(misspelt(text) + " ");
            case PREFIX -> {
                String last = words[words.length - 2];
                String rest = text.substring(0, text.length() - last.length());
                yield SearchRequest.of(rest + last.substring(0, 1 + random.nextInt(last.length())));
            }
            case BROAD -> SearchRequest.of(words[words.length - 2]);
            case FACETS -> SearchRequest.of(words[words.length - 2] + " ").withFacets();
            case FILTER ->
                    new SearchRequest(
                            words[words.length - 2] + " ",
                            Map.of(
                                    Facet.REGION,
                                    Set.of(document.home().toString()),
                                    Facet.CLASSIFICATION,
                                    Set.of("pii")),
                            true,
                            20,
                            Optional.empty());
            case BROWSE -> SearchRequest.of("").withFacets();
        };
    }

    SearchDocument any() {
        return documents.get(random.nextInt(documents.size()));
    }

    /// With one letter changed, left out, doubled or swapped in the longest word.
    String misspelt(String text) {
        String longest = "";
        for (String word : text.split(" ")) {
            longest = word.length() > longest.length() ? word : longest;
        }
        int at = random.nextInt(longest.length() - 1);
        StringBuilder wrong = new StringBuilder(longest);
        switch (random.nextInt(4)) {
            case 0 -> wrong.setCharAt(at, (char) ('a' + random.nextInt(26)));
            case 1 -> wrong.deleteCharAt(at);
            case 2 -> wrong.insert(at, wrong.charAt(at));
            default -> {
                char swapped = wrong.charAt(at);
                wrong.setCharAt(at, wrong.charAt(at + 1));
                wrong.setCharAt(at + 1, swapped);
            }
        }
        return text.replace(longest, wrong);
    }
}
