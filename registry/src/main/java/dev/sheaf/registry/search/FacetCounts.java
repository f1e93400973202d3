package dev.sheaf.registry.search;

import dev.sheaf.registry.search.SearchAnswer.Count;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.LongValues;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/// Counts the values of one facet, by the numbers that the index gives them. For one search and
/// thread.
final class FacetCounts {
    private static final int VALUES_MAX = 100;

    private record Counted(int value, int count) {}

    /// Those that are kept first.
    private static final Comparator<Counted> ORDER =
            Comparator.comparingInt(Counted::count).reversed().thenComparingInt(Counted::value);

    private final String field;
    private final SortedSetDocValues all;
    private final int[] counts;
    private @Nullable SortedSetDocValues values;

    /// Of a segment in which no document has more than one.
    private @Nullable SortedDocValues single;

    private LongValues global = LongValues.IDENTITY;

    /// @param all of the whole index
    FacetCounts(Facet facet, SortedSetDocValues all) {
        this.field = facet.field();
        this.all = all;
        this.counts = new int[Math.toIntExact(all.getValueCount())];
    }

    void enter(LeafReaderContext segment) throws IOException {
        values = DocValues.getSortedSet(segment.reader(), field);
        single = DocValues.unwrapSingleton(values);
        global =
                all instanceof MultiDocValues.MultiSortedSetDocValues several
                        ? several.mapping.getGlobalOrds(segment.ord)
                        : LongValues.IDENTITY;
    }

    void count(int document) throws IOException {
        SortedDocValues one = single;
        if (one != null) {
            if (one.advanceExact(document)) {
                counts[(int) global.get(one.ordValue())]++;
            }
            return;
        }
        SortedSetDocValues several = Objects.requireNonNull(values);
        if (several.advanceExact(document)) {
            for (int left = several.docValueCount(); left > 0; left--) {
                counts[(int) global.get(several.nextOrd())]++;
            }
        }
    }

    /// The most frequent first, equal ones in the order of their text.
    List<Count> most() throws IOException {
        PriorityQueue<Counted> most = new PriorityQueue<>(ORDER.reversed());
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && (most.size() < VALUES_MAX || counts[i] > most.element().count())) {
                most.add(new Counted(i, counts[i]));
                if (most.size() > VALUES_MAX) {
                    most.remove();
                }
            }
        }
        List<Count> shown = new ArrayList<>();
        for (Counted counted : most.stream().sorted(ORDER).toList()) {
            shown.add(new Count(all.lookupOrd(counted.value()).utf8ToString(), counted.count()));
        }
        return shown;
    }
}
