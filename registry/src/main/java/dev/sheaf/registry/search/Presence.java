package dev.sheaf.registry.search;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.SmallFloat;

/// Scores by what is in the document alone: that a word is there, how near it is to the word asked
/// for, and how many others stand beside it in the same field. Nothing that other documents hold
/// changes a score, so that pages fit together while the catalog changes, and a score tells nothing
/// of documents that the caller may not know.
final class Presence extends Similarity {
    @Override
    public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
        return new SimScorer() {
            @Override
            public float score(float nearness, long length) {
                int words = SmallFloat.byte4ToInt((byte) length);
                return boost * Math.min(1f, nearness) * (1 + 0.5f / Math.max(1, words));
            }
        };
    }
}
