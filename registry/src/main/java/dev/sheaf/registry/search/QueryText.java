package dev.sheaf.registry.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A query as people type it, taken apart. Everything can be: what is no filter is words.
///
/// @param words outside of phrases, in order
/// @param isOpen whether the last word may still be being typed
/// @param phrases each of two words or more
/// @param filters by facet any of the values
record QueryText(
        List<Word> words,
        boolean isOpen,
        List<List<Word>> phrases,
        Map<Facet, Set<String>> filters) {
    /// More of a text is not looked at.
    static final int CHARACTERS_MAX = 1000;

    /// More words are not looked for.
    static final int WORDS_MAX = 16;

    static QueryText read(SearchRequest request) {
        String text =
                request.text().length() <= CHARACTERS_MAX
                        ? request.text()
                        : request.text().substring(0, CHARACTERS_MAX);
        Map<Facet, Set<String>> filters = new EnumMap<>(Facet.class);
        request.filters()
                .forEach((facet, values) ->
                        values.forEach(value ->
                                filters.computeIfAbsent(facet, key -> new TreeSet<>())
                                        .add(Words.folded(value))));
        List<Word> words = new ArrayList<>();
        List<List<Word>> phrases = new ArrayList<>();
        boolean isOpen = false;
        for (int at = 0; at < text.length(); ) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            int end = pieceEnd(text, at);
            String piece = text.substring(at, end);
            isOpen = false;
            if (!isFilter(piece, filters)) {
                List<Word> found = Words.of(piece);
                if (piece.startsWith("\"") && found.size() > 1) {
                    phrases.add(found);
                } else {
                    words.addAll(found);
                    isOpen = !found.isEmpty() && end == text.length() && !piece.endsWith("\"");
                }
            }
            at = end;
        }
        return new QueryText(
                words.size() <= WORDS_MAX ? words : words.subList(0, WORDS_MAX),
                isOpen && words.size() <= WORDS_MAX,
                phrases.size() <= WORDS_MAX ? phrases : phrases.subList(0, WORDS_MAX),
                filters);
    }

    /// A piece ends at a blank outside of quotes, or where its own quotes close.
    private static int pieceEnd(String text, int start) {
        boolean isQuoted = false;
        for (int i = start; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                if (isQuoted) {
                    return i + 1;
                }
                isQuoted = text.indexOf('"', i + 1) > 0;
            } else if (!isQuoted && Character.isWhitespace(character)) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isFilter(String piece, Map<Facet, Set<String>> filters) {
        int colon = piece.indexOf(':');
        if (colon < 1 || colon == piece.length() - 1) {
            return false;
        }
        String value = piece.substring(colon + 1).replace("\"", "").strip();
        return !value.isEmpty()
                && Facet.named(piece.substring(0, colon))
                        .map(facet ->
                                filters.computeIfAbsent(facet, key -> new TreeSet<>())
                                        .add(Words.folded(value)))
                        .isPresent();
    }
}
