package dev.sheaf.registry.search;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the words of the index that are meant by a word that was typed, with how near they are: 1
/// for itself, less with each letter that differs or is still to come. Which there are does not
/// depend on how often they occur.
final class Nearness {
    /// Words that are as near as others, but come later in the alphabet, are left out beyond this.
    private static final int WORDS_MAX = 96;

    private static final int PREFIX_CHARACTERS_MIN = 3;
    private static final int ONE_EDIT_CHARACTERS_MIN = 4;
    private static final int TWO_EDITS_CHARACTERS_MIN = 8;
    private static final float ONE_EDIT = 0.45f;
    private static final float TWO_EDITS = 0.2f;
    private static final float PREFIX = 0.7f;

    private final IndexReader reader;

    Nearness(IndexReader reader) {
        this.reader = reader;
    }

    /// @param isOpen whether the word may be the beginning of one
    Map<String, Float> of(Word word, boolean isOpen) throws IOException {
        Map<String, Float> near = new HashMap<>();
        near.put(word.text(), 1f);
        Terms terms = MultiTerms.getTerms(reader, WordField.ALL.name());
        if (terms == null) {
            return near;
        }
        fuzzy(terms, word.text(), near);
        if (!word.typed().equals(word.text())) {
            fuzzy(terms, word.typed(), near);
        }
        if (isOpen && word.typed().length() >= PREFIX_CHARACTERS_MIN) {
            prefixed(terms, word.typed(), near);
        }
        return near.size() <= WORDS_MAX ? near : nearest(near);
    }

    private static void fuzzy(Terms terms, String word, Map<String, Float> near)
            throws IOException {
        if (word.length() < ONE_EDIT_CHARACTERS_MIN || word.chars().allMatch(Character::isDigit)) {
            return;
        }
        fuzzy(terms, word, 1, 0, ONE_EDIT, near);
        if (word.length() >= TWO_EDITS_CHARACTERS_MIN) {
            fuzzy(terms, word, 2, 1, TWO_EDITS, near);
        }
    }

    /// @param same letters at the beginning that have to be as typed
    private static void fuzzy(
            Terms terms, String word, int edits, int same, float nearness, Map<String, Float> near)
            throws IOException {
        Term term = new Term(WordField.ALL.name(), word);
        FuzzyTermsEnum found = new FuzzyTermsEnum(terms, term, edits, same, true);
        for (BytesRef next = found.next(); next != null; next = found.next()) {
            near.merge(next.utf8ToString(), nearness, Math::max);
        }
    }

    private static void prefixed(Terms terms, String prefix, Map<String, Float> near)
            throws IOException {
        BytesRef start = new BytesRef(prefix);
        TermsEnum all = terms.iterator();
        if (all.seekCeil(start) == TermsEnum.SeekStatus.END) {
            return;
        }
        int found = 0;
        for (BytesRef next = all.term();
                next != null && found < WORDS_MAX && StringHelper.startsWith(next, start);
                next = all.next()) {
            near.merge(next.utf8ToString(), PREFIX, Math::max);
            found++;
        }
    }

    private static Map<String, Float> nearest(Map<String, Float> near) {
        List<Map.Entry<String, Float>> sorted = new ArrayList<>(near.entrySet());
        sorted.sort(
                Map.Entry.<String, Float>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()));
        Map<String, Float> kept = new HashMap<>();
        sorted.subList(0, WORDS_MAX).forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return kept;
    }
}
