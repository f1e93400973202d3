package dev.sheaf.registry.search;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A query of the index for what was typed.
final class Matching {
    /// The joined words of a product's own name.
    static final String OWN_NAME = "own.name";

    /// Beginnings of the words of names and titles, of one or two letters.
    static final String BEGINNING = "beginning";

    static final int BEGINNING_CHARACTERS_MAX = 2;

    private static final float WHOLE_NAME = 16;
    private static final float TIE = 0.1f;

    private final QueryText text;
    private final List<Map<String, Float>> words = new ArrayList<>();

    Matching(QueryText text, IndexReader reader) throws IOException {
        this.text = text;
        Nearness nearness = new Nearness(reader);
        for (int i = 0; i < text.words().size(); i++) {
            words.add(nearness.of(text.words().get(i), isOpen(i)));
        }
    }

    private boolean isOpen(int word) {
        return text.isOpen() && word == text.words().size() - 1;
    }

    /// Whether fewer words than all could be looked for.
    boolean canBeLoose() {
        return words.size() + text.phrases().size() > 1;
    }

    /// @param isLoose whether some of the words will do
    Query query(boolean isLoose) {
        BooleanQuery.Builder asked = new BooleanQuery.Builder();
        for (int i = 0; i < words.size(); i++) {
            asked.add(word(i), isLoose ? Occur.SHOULD : Occur.MUST);
        }
        text.phrases()
                .forEach(phrase -> asked.add(phrase(phrase), isLoose ? Occur.SHOULD : Occur.MUST));
        if (words.isEmpty() && text.phrases().isEmpty()) {
            asked.add(new BoostQuery(new MatchAllDocsQuery(), 0), Occur.MUST);
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(asked.build(), Occur.MUST);
        if (!words.isEmpty()) {
            Query whole = new TermQuery(new Term(OWN_NAME, Words.joined(text.words())));
            query.add(new BoostQuery(whole, WHOLE_NAME), Occur.SHOULD);
        }
        text.filters()
                .forEach((facet, values) ->
                        query.add(
                                new TermInSetQuery(
                                        facet.field(), values.stream().map(BytesRef::new).toList()),
                                Occur.FILTER));
        return query.build();
    }

    private Query word(int index) {
        List<Query> places = new ArrayList<>();
        for (WordField field : WordField.values()) {
            SynonymQuery.Builder any = new SynonymQuery.Builder(field.name());
            words.get(index).forEach((word, near) -> any.addTerm(new BytesRef(word), near));
            places.add(new BoostQuery(any.build(), field.weight()));
        }
        String typed = text.words().get(index).typed();
        if (isOpen(index) && typed.length() <= BEGINNING_CHARACTERS_MAX) {
            places.add(new TermQuery(new Term(BEGINNING, typed)));
        }
        return new DisjunctionMaxQuery(places, TIE);
    }

    private static Query phrase(List<Word> phrase) {
        List<Query> places = new ArrayList<>();
        for (WordField field : WordField.values()) {
            String[] words = phrase.stream().map(Word::text).toArray(String[]::new);
            places.add(
                    new BoostQuery(
                            new PhraseQuery(field.name(), words), field.weight() * words.length));
        }
        return new DisjunctionMaxQuery(places, TIE);
    }

    /// The words that are looked for, to be shown where they are.
    Set<String> lookedFor() {
        Set<String> all = new HashSet<>();
        words.forEach(near -> all.addAll(near.keySet()));
        text.phrases().forEach(phrase -> phrase.forEach(word -> all.add(word.text())));
        return all;
    }
}
