package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// A [Sequence] of objects, which it keeps and never looks into. None of them is null.
public final class ValueSequence<V> extends Sequence {
    private static final ValueElements ELEMENTS = new ValueElements();

    public ValueSequence(ActorTable actors) {
        super(actors, ELEMENTS);
    }

    /// Adds values between two positions, the nth under the dot `firstDot + n`. What is here
    /// already is passed over.
    ///
    /// @param left the position before, or 0 for the beginning
    /// @param right the position after, or 0 for the end
    /// @throws Problem UNREADABLE_INPUT when a neighbour was never here, or the right one is not
    ///   behind the left one, or there are no values
    public void insert(long firstDot, long left, long right, List<? extends V> values) {
        if (values.isEmpty()) {
            throw new Problem(ProblemCode.UNREADABLE_INPUT, "an insert into a list has no values");
        }
        insertRun(firstDot, values.size(), left, right, ValueElements.of(values.toArray()));
    }

    /// As [#insert] of one value.
    public void insertValue(long dot, long left, long right, V value) {
        insertRun(dot, 1, left, right, value);
    }

    /// The whole sequence, dead positions included, as bytes that [#decode] reads.
    ///
    /// @param actorOut from this node's actor numbers to those that the bytes shall name
    public byte[] encode(ValueCodec<V> values, IntUnaryOperator actorOut) {
        return encode(new ValueElementCodec<>(values), actorOut);
    }

    /// @param actorIn from the actor numbers that the bytes name to those of this node
    /// @throws Problem UNREADABLE_INPUT when the bytes are no sequence of such values
    public static <V> ValueSequence<V> decode(
            byte[] bytes, ValueCodec<V> values, ActorTable actors, IntUnaryOperator actorIn) {
        ValueSequence<V> sequence = new ValueSequence<>(actors);
        ElementCodec elements = new ValueElementCodec<>(values);
        sequence.restore(SequenceCodec.decode(bytes, elements, actorIn));
        return sequence;
    }

    /// A sequence of its own with the same state and the same values, which are not copied.
    public ValueSequence<V> copy() {
        ValueSequence<V> copy = new ValueSequence<>(actors);
        copy.copyFrom(this);
        return copy;
    }

    private record ValueElementCodec<V>(ValueCodec<V> values) implements ElementCodec {
        @SuppressWarnings("unchecked")
        @Override
        public void write(ByteWriter writer, Object elements, int count) {
            for (int index = 0; index < count; index++) {
                writer.bytes(values.encode((V) ValueElements.at(elements, index)));
            }
        }

        @Override
        public Object read(ByteReader reader, int count) {
            Object[] read = new Object[count];
            for (int index = 0; index < count; index++) {
                read[index] = values.decode(reader.bytes());
            }
            return ValueElements.of(read);
        }
    }

    /// The element's value, while it is alive.
    public Optional<V> get(long dot) {
        Span span = spans.find(dot);
        if (span == null || span.isSlot() || span.content == null) {
            return Optional.empty();
        }
        return Optional.of(value(span.content, (int) (dot - span.id)));
    }

    /// Puts another value under an element's dot; without effect when it is not alive.
    ///
    /// @return whether it is alive
    public boolean replace(long dot, V value) {
        Span span = spans.find(dot);
        if (span == null || span.isSlot() || span.content == null) {
            return false;
        }
        span.content = ValueElements.with(span.content, (int) (dot - span.id), value);
        return true;
    }

    /// The value at this index.
    ///
    /// @throws IndexOutOfBoundsException unless the index is below [#size()]
    public V valueAt(int index) {
        Span span = spanAt(index);
        return shown(span, span.isSlot() ? 0 : index - spans.tree.visibleBefore(span));
    }

    /// Shows the visible elements in order.
    public void forEach(ElementVisitor<? super V> visitor) {
        for (Span span = firstSpan(); span != null; span = spans.tree.next(span)) {
            for (int offset = 0; offset < span.visible(); offset++) {
                long dot = span.content instanceof Slot slot ? slot.element() : span.id + offset;
                visitor.visit(dot, shown(span, offset));
            }
        }
    }

    /// The visible values in order.
    public List<V> values() {
        List<V> values = new ArrayList<>(size());
        forEach((_, value) -> values.add(value));
        return values;
    }

    private V shown(Span span, int offset) {
        Span home = contentOf(span);
        int at = span.content instanceof Slot slot ? (int) (slot.element() - home.id) : offset;
        if (home.content == null) {
            throw new IllegalStateException(span + " shows nothing");
        }
        return value(home.content, at);
    }

    @SuppressWarnings("unchecked")
    private V value(Object content, int offset) {
        return (V) ValueElements.at(content, offset);
    }

    @Override
    Object slice(Object content, int from, int to) {
        return ELEMENTS.slice(content, from, to);
    }
}
