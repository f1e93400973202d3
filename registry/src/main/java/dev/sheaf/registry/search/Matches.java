package dev.sheaf.registry.search;

import dev.sheaf.registry.search.SearchAnswer.Match;
import dev.sheaf.registry.search.SearchAnswer.Range;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds where in a document the words are that were looked for.
final class Matches {
    private static final int PLACES_MAX = 5;
    private static final int AROUND_CHARACTERS = 60;

    private final Set<String> words;
    private final String beginning;
    private final List<Match> found = new ArrayList<>();

    /// @param beginning of a word in a name or title, empty for none
    private Matches(Set<String> words, String beginning) {
        this.words = words;
        this.beginning = beginning;
    }

    static List<Match> of(SearchDocument document, Set<String> words, String beginning) {
        Matches matches = new Matches(words, beginning);
        matches.look("name", document.name().toString(), true);
        matches.look("title", document.title(), true);
        document.terms().forEach(term -> matches.look("term", term, true));
        document.tags().forEach(tag -> matches.look("tag", tag, true));
        for (SearchDocument.Column column : document.columns()) {
            matches.look("column", column.name(), false);
        }
        matches.look("description", document.description(), false);
        matches.look("owner", document.owner(), false);
        for (SearchDocument.Column column : document.columns()) {
            matches.look("description of column " + column.name(), column.description(), false);
            column.tags()
                    .forEach(tag -> matches.look("tag of column " + column.name(), tag, false));
        }
        return matches.found;
    }

    private void look(String place, String text, boolean isName) {
        if (found.size() >= PLACES_MAX || text.isEmpty()) {
            return;
        }
        List<Word> all = Words.of(text);
        List<Range> ranges = new ArrayList<>();
        for (Word word : all) {
            boolean isBegun = isName && !beginning.isEmpty() && word.typed().startsWith(beginning);
            if (isBegun || words.contains(word.text())) {
                ranges.add(new Range(word.start(), word.end()));
            }
        }
        if (ranges.isEmpty()
                && all.size() > 1
                && text.indexOf(' ') < 0
                && words.contains(Words.joined(all))) {
            ranges.add(new Range(all.getFirst().start(), all.getLast().end()));
        }
        if (!ranges.isEmpty()) {
            found.add(around(place, text, ranges));
        }
    }

    private static Match around(String place, String text, List<Range> ranges) {
        int from = Math.max(0, ranges.getFirst().start() - AROUND_CHARACTERS);
        int until = Math.min(text.length(), ranges.getFirst().end() + AROUND_CHARACTERS);
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        while (until < text.length() && !Character.isWhitespace(text.charAt(until))) {
            until++;
        }
        int start = from;
        int end = until;
        return new Match(
                place,
                text.substring(start, end),
                ranges.stream()
                        .filter(range -> range.end() <= end)
                        .map(range -> new Range(range.start() - start, range.end() - start))
                        .toList());
    }
}
