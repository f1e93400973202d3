package dev.sheaf.context.sequence;

import dev.sheaf.context.Dot;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// From a dot to the run that holds it: for each actor the runs in the order of their dots, in
/// chunks of which a full one is halved. O(log n); appending is O(1).
final class SpanIndex {
    private static final int CHUNK_MAX = 256;
    private static final int CHUNK_FIRST = 4;

    private static final class ActorSpans {
        Span[][] chunks = {new Span[CHUNK_FIRST]};
        int[] sizes = {0};
        int chunkCount = 1;

        Span last() {
            return chunks[chunkCount - 1][sizes[chunkCount - 1] - 1];
        }

        boolean isEmpty() {
            return sizes[0] == 0;
        }

        /// The chunk in which the last run is that starts at or before the dot; 0 when none does.
        int chunkOf(long dot) {
            int low = 0;
            int high = chunkCount - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (chunks[middle][0].id <= dot) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        /// The last place in the chunk whose run starts at or before the dot; -1 when none does.
        int placeOf(int chunk, long dot) {
            Span[] spans = chunks[chunk];
            int low = -1;
            int high = sizes[chunk] - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (spans[middle].id <= dot) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }
    }

    private @Nullable ActorSpans[] actors = new @Nullable ActorSpans[1];

    /// The last run of the dot's actor that starts at or before the dot, or null.
    @Nullable Span floor(long dot) {
        ActorSpans own = spansOf(dot);
        if (own == null || own.isEmpty()) {
            return null;
        }
        Span last = own.last();
        if (last.id <= dot) {
            return last;
        }
        int chunk = own.chunkOf(dot);
        int place = own.placeOf(chunk, dot);
        return place < 0 ? null : own.chunks[chunk][place];
    }

    /// The first run of the dot's actor that starts behind the dot, or null.
    @Nullable Span higher(long dot) {
        ActorSpans own = spansOf(dot);
        if (own == null || own.isEmpty() || own.last().id <= dot) {
            return null;
        }
        int chunk = own.chunkOf(dot);
        int place = own.placeOf(chunk, dot) + 1;
        return place < own.sizes[chunk] ? own.chunks[chunk][place] : own.chunks[chunk + 1][0];
    }

    void add(Span span) {
        int actor = Dot.actor(span.id);
        if (actor >= actors.length) {
            actors = Arrays.copyOf(actors, Math.max(actor + 1, Math.min(actor, 64) * 2));
        }
        ActorSpans own = actors[actor];
        if (own == null) {
            own = new ActorSpans();
            actors[actor] = own;
        }
        boolean appending = own.isEmpty() || own.last().id < span.id;
        int chunk = appending ? own.chunkCount - 1 : own.chunkOf(span.id);
        int place = appending ? own.sizes[chunk] : own.placeOf(chunk, span.id) + 1;
        if (own.sizes[chunk] == CHUNK_MAX) {
            split(own, chunk, appending ? CHUNK_MAX : CHUNK_MAX / 2);
            if (appending || place > own.sizes[chunk]) {
                place -= own.sizes[chunk];
                chunk++;
            }
        }
        Span[] spans = own.chunks[chunk];
        int size = own.sizes[chunk];
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, Math.min(CHUNK_MAX, size * 2));
            own.chunks[chunk] = spans;
        }
        System.arraycopy(spans, place, spans, place + 1, size - place);
        spans[place] = span;
        own.sizes[chunk]++;
    }

    private static void split(ActorSpans own, int chunk, int kept) {
        if (own.chunkCount == own.chunks.length) {
            own.chunks = Arrays.copyOf(own.chunks, own.chunkCount * 2);
            own.sizes = Arrays.copyOf(own.sizes, own.chunkCount * 2);
        }
        int behind = own.chunkCount - chunk - 1;
        System.arraycopy(own.chunks, chunk + 1, own.chunks, chunk + 2, behind);
        System.arraycopy(own.sizes, chunk + 1, own.sizes, chunk + 2, behind);
        Span[] right = new Span[CHUNK_MAX];
        System.arraycopy(own.chunks[chunk], kept, right, 0, CHUNK_MAX - kept);
        Arrays.fill(own.chunks[chunk], kept, CHUNK_MAX, null);
        own.chunks[chunk + 1] = right;
        own.sizes[chunk + 1] = CHUNK_MAX - kept;
        own.sizes[chunk] = kept;
        own.chunkCount++;
    }

    void remove(Span span) {
        ActorSpans own = spansOf(span.id);
        if (own == null) {
            throw new IllegalStateException(span + " is not in the index");
        }
        int chunk = own.chunkOf(span.id);
        int place = own.placeOf(chunk, span.id);
        Span[] spans = own.chunks[chunk];
        int size = own.sizes[chunk];
        System.arraycopy(spans, place + 1, spans, place, size - place - 1);
        Arrays.fill(spans, size - 1, size, null);
        own.sizes[chunk]--;
        if (size == 1 && own.chunkCount > 1) {
            int behind = own.chunkCount - chunk - 1;
            System.arraycopy(own.chunks, chunk + 1, own.chunks, chunk, behind);
            System.arraycopy(own.sizes, chunk + 1, own.sizes, chunk, behind);
            own.chunkCount--;
            Arrays.fill(own.chunks, own.chunkCount, own.chunkCount + 1, null);
        }
    }

    private @Nullable ActorSpans spansOf(long dot) {
        int actor = Dot.actor(dot);
        return actor < actors.length ? actors[actor] : null;
    }
}
