package dev.sheaf.registry.search;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.registry.search.SearchAnswer.Count;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/// Goes through all that match: asks whether the viewer may know of it, counts, and keeps the best.
/// For one search and thread.
final class HitCollector extends SimpleCollector {
    /// The version of a document, for [Visibility].
    static final String NUMBER = "number";

    /// The product's name, to sort by.
    static final String NAME = "name";

    /// Better ones first, and equal ones in the order of their names.
    static final Comparator<Found> ORDER =
            Comparator.comparing(Found::score, Comparator.reverseOrder())
                    .thenComparing(Found::name);

    record Found(int document, float score, String name) {}

    private final Viewer viewer;
    private final Visibility visibility;
    private final int hitsMax;
    private final Optional<Found> after;
    private final PriorityQueue<Found> best = new PriorityQueue<>(ORDER.reversed());
    private final Map<Facet, FacetCounts> facets = new EnumMap<>(Facet.class);
    private int total;
    private int base;
    private @Nullable Scorable scorer;
    private @Nullable NumericDocValues numbers;
    private @Nullable SortedDocValues names;

    /// Where the last of the best stands among the names of the segment, so that the many that are
    /// no better need not be read; -1 while it is not known.
    private int lastName = -1;

    /// @param after only what comes after it is kept; all is counted
    HitCollector(Viewer viewer, Visibility visibility, int hitsMax, Optional<Found> after) {
        this.viewer = viewer;
        this.visibility = visibility;
        this.hitsMax = hitsMax;
        this.after = after;
    }

    HitCollector withFacets(CatalogSearcher searcher) throws IOException {
        for (Facet facet : Facet.values()) {
            facets.put(facet, new FacetCounts(facet, searcher.values(facet)));
        }
        return this;
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
        base = context.docBase;
        numbers = DocValues.getNumeric(context.reader(), NUMBER);
        names = DocValues.getSorted(context.reader(), NAME);
        lastName = -1;
        for (FacetCounts counts : facets.values()) {
            counts.enter(context);
        }
    }

    @Override
    public void setScorer(Scorable scorer) {
        this.scorer = scorer;
    }

    @Override
    public void collect(int document) throws IOException {
        if (!isVisible(document)) {
            return;
        }
        total++;
        for (FacetCounts counts : facets.values()) {
            counts.count(document);
        }
        float score = Objects.requireNonNull(scorer).score();
        boolean isBefore = after.isPresent() && score > after.get().score();
        if (isBefore || isNoBetter(document, score)) {
            return;
        }
        Found found = new Found(base + document, score, name(document));
        if (after.isPresent() && ORDER.compare(found, after.get()) <= 0) {
            return;
        }
        best.add(found);
        if (best.size() > hitsMax) {
            best.remove();
            lastName = -1;
        }
    }

    private boolean isNoBetter(int document, float score) throws IOException {
        if (best.size() < hitsMax || score > best.element().score()) {
            return false;
        }
        if (score < best.element().score()) {
            return true;
        }
        SortedDocValues known = Objects.requireNonNull(names);
        if (lastName < 0) {
            int place = known.lookupTerm(new BytesRef(best.element().name()));
            lastName = place < 0 ? -place - 1 : place;
        }
        return known.advanceExact(document) && known.ordValue() >= lastName;
    }

    private boolean isVisible(int document) throws IOException {
        NumericDocValues known = Objects.requireNonNull(numbers);
        if (!known.advanceExact(document)) {
            return false;
        }
        int number = (int) known.longValue();
        if (visibility.isAnswered(number)) {
            return visibility.isVisible(number);
        }
        boolean isVisible = viewer.mayKnow(ProductName.parse(name(document)));
        visibility.answer(number, isVisible);
        return isVisible;
    }

    private String name(int document) throws IOException {
        SortedDocValues known = Objects.requireNonNull(names);
        return known.advanceExact(document) ? known.lookupOrd(known.ordValue()).utf8ToString() : "";
    }

    int total() {
        return total;
    }

    List<Found> best() {
        return best.stream().sorted(ORDER).toList();
    }

    Map<Facet, List<Count>> counts() throws IOException {
        Map<Facet, List<Count>> shown = new EnumMap<>(Facet.class);
        for (Map.Entry<Facet, FacetCounts> facet : facets.entrySet()) {
            shown.put(facet.getKey(), facet.getValue().most());
        }
        return shown;
    }
}
