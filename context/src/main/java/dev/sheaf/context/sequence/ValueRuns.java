package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;

import org.jspecify.annotations.Nullable;

/// The runs of a [ValueSequence] that has become more than a [Chain]. Of objects, which it keeps
/// and never looks into; none of them is null.
final class ValueRuns extends Sequence {
    private static final ValueElements ELEMENTS = new ValueElements();

    ValueRuns(ActorTable actors) {
        super(actors, ELEMENTS);
    }

    void insert(long firstDot, long left, long right, Object[] values) {
        insertRun(firstDot, values.length, left, right, ValueElements.of(values));
    }

    ValueRuns copy() {
        ValueRuns copy = new ValueRuns(actors);
        copy.copyFrom(this);
        return copy;
    }

    /// The element's value while it is alive, else null.
    @Nullable Object get(long dot) {
        Span span = spans.find(dot);
        if (span == null || span.isSlot() || span.content == null) {
            return null;
        }
        return ValueElements.at(span.content, (int) (dot - span.id));
    }

    /// See [ValueSequence#replace].
    boolean replace(long dot, Object value) {
        Span span = spans.find(dot);
        if (span == null || span.isSlot() || span.content == null) {
            return false;
        }
        span.content = ValueElements.with(span.content, (int) (dot - span.id), value);
        return true;
    }

    Object valueAt(int index) {
        Span span = spanAt(index);
        return shown(span, span.isSlot() ? 0 : index - spans.tree.visibleBefore(span));
    }

    void forEach(ElementVisitor<Object> visitor) {
        for (Span span = firstSpan(); span != null; span = spans.tree.next(span)) {
            for (int offset = 0; offset < span.visible(); offset++) {
                long dot = span.content instanceof Slot slot ? slot.element() : span.id + offset;
                visitor.visit(dot, shown(span, offset));
            }
        }
    }

    private Object shown(Span span, int offset) {
        Span home = contentOf(span);
        int at = span.content instanceof Slot slot ? (int) (slot.element() - home.id) : offset;
        if (home.content == null) {
            throw new IllegalStateException(span + " shows nothing");
        }
        return ValueElements.at(home.content, at);
    }

    @Override
    Object slice(Object content, int from, int to) {
        return ELEMENTS.slice(content, from, to);
    }
}
