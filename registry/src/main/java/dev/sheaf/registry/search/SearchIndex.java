package dev.sheaf.registry.search;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.registry.search.HitCollector.Found;
import dev.sheaf.registry.search.SearchAnswer.Hit;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// The products that can be found. It starts empty: whoever owns it fills it from the catalog. What
/// was put or removed is found after the next [#refresh()].
///
/// For any thread. A disk that fails is an [UncheckedIOException].
public final class SearchIndex implements AutoCloseable {
    private static final String KEY = "key";
    private static final String STORED = "stored";
    private static final double BUFFER_MEGABYTES = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Executor background;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Visibilities visibilities = new Visibilities();
    private final Set<Object> renewing = ConcurrentHashMap.newKeySet();

    private SearchIndex(Directory directory, Executor background) throws IOException {
        this.directory = directory;
        this.background = background;
        this.writer =
                new IndexWriter(
                        directory,
                        new IndexWriterConfig(new WordAnalyzer())
                                .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                                .setSimilarity(new Presence())
                                .setRAMBufferSizeMB(BUFFER_MEGABYTES));
        this.searchers = new SearcherManager(writer, new Searching());
    }

    private static final class Searching extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            return new CatalogSearcher(reader);
        }
    }

    /// @param folder of its own; whatever index is in it is thrown away
    /// @param background where answers are asked for anew
    public static SearchIndex in(Path folder, Executor background) {
        try {
            return new SearchIndex(FSDirectory.open(folder), background);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the search's folder " + folder + " cannot be written",
                    e);
        }
    }

    /// @param background where answers are asked for anew
    public static SearchIndex inMemory(Executor background) {
        try {
            return new SearchIndex(new ByteBuffersDirectory(), background);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a product, or takes the place of what was known of it.
    public void put(SearchDocument document) {
        try {
            writer.updateDocument(new Term(KEY, document.name().toString()), made(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(ProductName product) {
        try {
            writer.deleteDocuments(new Term(KEY, product.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void clear() {
        try {
            writer.deleteAll();
            visibilities.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From now on searches find what was put, and nothing of what was removed.
    public void refresh() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts all in one segment, after many were put.
    public void compact() {
        try {
            writer.forceMerge(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refresh();
    }

    /// How many products can be found.
    public int size() {
        return searching(searcher -> searcher.getIndexReader().numDocs());
    }

    private Document made(SearchDocument document) {
        Document made = new Document();
        String name = document.name().toString();
        List<String> columns =
                document.columns().stream().map(SearchDocument.Column::name).toList();
        List<String> names = List.of(document.name().name(), document.name().domain().value());
        List<String> titles = new ArrayList<>(List.of(document.title()));
        titles.addAll(document.tags());
        titles.addAll(document.terms());
        List<String> all = new ArrayList<>(names);
        all.addAll(titles);
        all.addAll(columns);
        all.addAll(List.of(document.description(), document.owner(), document.home().toString()));
        document.columns()
                .forEach(column -> {
                    all.add(column.description());
                    all.addAll(column.tags());
                });
        made.add(new StringField(KEY, name, Field.Store.NO));
        made.add(WordField.NAME.with(String.join("\n", names)));
        made.add(WordField.TITLE.with(String.join("\n", titles)));
        made.add(WordField.COLUMN.with(String.join("\n", columns)));
        made.add(WordField.ALL.with(String.join("\n", all)));
        wholeNames(document)
                .forEach(whole ->
                        made.add(new StringField(Matching.OWN_NAME, whole, Field.Store.NO)));
        beginnings(names, document.title())
                .forEach(beginning ->
                        made.add(new StringField(Matching.BEGINNING, beginning, Field.Store.NO)));
        for (Facet facet : Facet.values()) {
            for (String value : new LinkedHashSet<>(facet.of(document))) {
                if (!value.isEmpty()) {
                    String kept = cut(value);
                    made.add(new StringField(facet.field(), Words.folded(kept), Field.Store.NO));
                    made.add(new SortedSetDocValuesField(facet.field(), new BytesRef(kept)));
                }
            }
        }
        made.add(new SortedDocValuesField(HitCollector.NAME, new BytesRef(name)));
        made.add(new NumericDocValuesField(HitCollector.NUMBER, numbers.getAndIncrement()));
        made.add(new StoredField(STORED, JSON.writeValueAsBytes(document)));
        return made;
    }

    /// Longer values of facets would not fit into the index.
    private static String cut(String value) {
        int charactersMax = 500;
        return value.length() <= charactersMax ? value : value.substring(0, charactersMax);
    }

    private static Set<String> wholeNames(SearchDocument document) {
        return Set.of(
                Words.joined(Words.of(document.name().name())),
                Words.joined(Words.of(document.name().toString())));
    }

    private static Set<String> beginnings(List<String> names, String title) {
        Set<String> beginnings = new LinkedHashSet<>();
        for (String text : List.of(String.join(" ", names), title)) {
            for (Word word : Words.of(text)) {
                int length = Math.min(Matching.BEGINNING_CHARACTERS_MAX, word.typed().length());
                for (int end = 1; end <= length; end++) {
                    beginnings.add(word.typed().substring(0, end));
                }
            }
        }
        return beginnings;
    }

    /// @throws Problem BAD_REQUEST for a cursor that is none; nothing else of a request is wrong
    public SearchAnswer search(SearchRequest request, Viewer viewer) {
        Optional<Found> after = request.cursor().map(cursor -> Cursor.read(request, cursor));
        QueryText text = QueryText.read(request);
        return searching(searcher -> {
            Matching matching = new Matching(text, searcher.getIndexReader());
            Visibility visibility = visibility(viewer);
            while (true) {
                HitCollector hits = collector(request, searcher, viewer, visibility, after);
                searcher.look(matching.query(false), hits);
                boolean isLoose = hits.total() == 0 && matching.canBeLoose();
                if (isLoose) {
                    hits = collector(request, searcher, viewer, visibility, after);
                    searcher.look(matching.query(true), hits);
                }
                List<Found> best = hits.best();
                if (best.stream().allMatch(found -> mayKnow(viewer, found))) {
                    return new SearchAnswer(
                            page(request, searcher, best, matching, text),
                            hits.total(),
                            isLoose && hits.total() > 0,
                            hits.counts(),
                            next(request, best));
                }
                // What was remembered of this viewer has ceased to be true: ask of all anew.
                visibility = new Visibility(viewer.round(), numbers.get());
                visibilities.replace(viewer, visibility);
            }
        });
    }

    private static boolean mayKnow(Viewer viewer, Found found) {
        return viewer.mayKnow(ProductName.parse(found.name()));
    }

    /// One more than a page, to know whether there are more.
    private static HitCollector collector(
            SearchRequest request,
            CatalogSearcher searcher,
            Viewer viewer,
            Visibility visibility,
            Optional<Found> after)
            throws IOException {
        HitCollector hits = new HitCollector(viewer, visibility, request.hitsMax() + 1, after);
        return request.hasFacets() ? hits.withFacets(searcher) : hits;
    }

    private static Optional<String> next(SearchRequest request, List<Found> best) {
        return best.size() > request.hitsMax()
                ? Optional.of(Cursor.of(request, best.get(request.hitsMax() - 1)))
                : Optional.empty();
    }

    private static List<Hit> page(
            SearchRequest request,
            IndexSearcher searcher,
            List<Found> best,
            Matching matching,
            QueryText text)
            throws IOException {
        Set<String> words = matching.lookedFor();
        String beginning = beginning(text);
        List<Hit> page = new ArrayList<>();
        for (Found found : best.subList(0, Math.min(best.size(), request.hitsMax()))) {
            BytesRef stored =
                    searcher.storedFields().document(found.document()).getBinaryValue(STORED);
            SearchDocument document =
                    JSON.readValue(
                            stored.bytes, stored.offset, stored.length, SearchDocument.class);
            page.add(new Hit(document, found.score(), Matches.of(document, words, beginning)));
        }
        return page;
    }

    private static String beginning(QueryText text) {
        if (!text.isOpen()) {
            return "";
        }
        String typed = text.words().getLast().typed();
        return typed.length() <= Matching.BEGINNING_CHARACTERS_MAX ? typed : "";
    }

    private Visibility visibility(Viewer viewer) {
        Visibility known = visibilities.of(viewer, numbers.get());
        if (known.round() != viewer.round() && renewing.add(viewer.key())) {
            background.execute(() -> renew(viewer));
        }
        return known;
    }

    /// Asks of all anew, while searches go on with what was answered before.
    private void renew(Viewer viewer) {
        try {
            Visibility renewed = new Visibility(viewer.round(), numbers.get());
            searching(searcher -> {
                HitCollector all = new HitCollector(viewer, renewed, 1, Optional.empty());
                searcher.look(new MatchAllDocsQuery(), all);
                return all.total();
            });
            visibilities.replace(viewer, renewed);
        } finally {
            renewing.remove(viewer.key());
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(CatalogSearcher searcher) throws IOException;
    }

    private <T> T searching(Work<T> work) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return work.with((CatalogSearcher) searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            searchers.close();
            writer.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
