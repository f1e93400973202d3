package dev.sheaf.registry.search;

import java.util.concurrent.atomic.AtomicLongArray;

/// What is remembered of which documents one viewer may know: nothing, yes or no for each version
/// of a document. For any thread; of answers that come at the same time one may be forgotten.
final class Visibility {
    private static final int BITS = 2;
    private static final int IN_LONG = Long.SIZE / BITS;
    private static final long ANSWERED = 1;
    private static final long VISIBLE = 2;

    /// Of the viewer by whom it is filled.
    private final long round;

    private volatile AtomicLongArray answers;

    Visibility(long round, int documents) {
        this.round = round;
        this.answers = new AtomicLongArray(documents / IN_LONG + 1);
    }

    long round() {
        return round;
    }

    boolean isAnswered(int document) {
        return (bits(document) & ANSWERED) != 0;
    }

    boolean isVisible(int document) {
        return (bits(document) & VISIBLE) != 0;
    }

    private long bits(int document) {
        AtomicLongArray now = answers;
        int index = document / IN_LONG;
        return index < now.length()
                ? now.getPlain(index) >>> document % IN_LONG * BITS & (ANSWERED | VISIBLE)
                : 0;
    }

    void answer(int document, boolean isVisible) {
        AtomicLongArray now = answers;
        int index = document / IN_LONG;
        if (index < now.length()) {
            long bits = (ANSWERED | (isVisible ? VISIBLE : 0)) << document % IN_LONG * BITS;
            now.getAndUpdate(index, before -> before | bits);
        }
    }

    /// Makes room for more documents.
    synchronized void ensure(int documents) {
        AtomicLongArray now = answers;
        int wanted = documents / IN_LONG + 1;
        if (now.length() < wanted) {
            AtomicLongArray more = new AtomicLongArray(wanted + wanted / 4);
            for (int i = 0; i < now.length(); i++) {
                more.setPlain(i, now.get(i));
            }
            answers = more;
        }
    }
}
