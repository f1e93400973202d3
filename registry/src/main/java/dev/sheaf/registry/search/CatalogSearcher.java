package dev.sheaf.registry.search;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues.MultiSortedSetDocValues;
import org.apache.lucene.index.OrdinalMap;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.packed.PackedInts;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One state of the index. What joins the segments' numbers of a facet's values is made when it is
/// first wanted, and kept. For any thread.
final class CatalogSearcher extends IndexSearcher {
    private final Map<Facet, OrdinalMap> joined = new EnumMap<>(Facet.class);

    CatalogSearcher(IndexReader reader) {
        super(reader);
        setSimilarity(new Presence());
    }

    /// The values of a facet in the whole index; for one thread.
    SortedSetDocValues values(Facet facet) throws IOException {
        List<LeafReaderContext> segments = getIndexReader().leaves();
        SortedSetDocValues[] values = new SortedSetDocValues[segments.size()];
        int[] starts = new int[segments.size() + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = DocValues.getSortedSet(segments.get(i).reader(), facet.field());
            starts[i] = segments.get(i).docBase;
        }
        starts[values.length] = getIndexReader().maxDoc();
        if (values.length == 1) {
            return values[0];
        }
        return new MultiSortedSetDocValues(values, starts, joined(facet, values), 0);
    }

    /// Gives all that match to one collector, in this thread.
    void look(Query query, HitCollector hits) throws IOException {
        search(
                query,
                new CollectorManager<HitCollector, HitCollector>() {
                    @Override
                    public HitCollector newCollector() {
                        return hits;
                    }

                    @Override
                    public HitCollector reduce(Collection<HitCollector> collectors) {
                        return hits;
                    }
                });
    }

    private OrdinalMap joined(Facet facet, SortedSetDocValues[] values) throws IOException {
        synchronized (joined) {
            OrdinalMap known = joined.get(facet);
            if (known == null) {
                known = OrdinalMap.build(null, values, PackedInts.DEFAULT);
                joined.put(facet, known);
            }
            return known;
        }
    }
}
