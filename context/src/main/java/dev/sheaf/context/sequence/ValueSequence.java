package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// A list of objects, none of them null, as a [Sequence] has it. It is held as a [Chain] while it
/// is one, which takes a tenth of the memory, and in runs from the first change on that no chain
/// can take. Mutable and owned by one thread.
public final class ValueSequence<V> {
    private static final int RUN_BYTES = 72;

    private final ActorTable actors;
    private Chain chain = new Chain();

    /// In place of the chain, once it is none.
    private @Nullable ValueRuns runs;

    /// While it is a chain: what a [#strip] may have dropped.
    private VersionVector forgotten = VersionVector.EMPTY;

    public ValueSequence(ActorTable actors) {
        this.actors = actors;
    }

    private ValueRuns runs() {
        ValueRuns known = runs;
        if (known == null) {
            known = new ValueRuns(actors);
            known.restore(chain.spans(), forgotten);
            runs = known;
            chain = new Chain();
        }
        return known;
    }

    /// See [Sequence#size()].
    public int size() {
        return runs == null ? chain.size() : runs.size();
    }

    /// See [Sequence#positionCount()].
    public int positionCount() {
        return runs == null ? chain.size() : runs.positionCount();
    }

    /// The bytes that order and identity of the elements take.
    public long orderBytes() {
        return runs == null ? chain.orderBytes() : (long) runs.runCount() * RUN_BYTES;
    }

    /// See [Sequence#dotAt(int)].
    public long dotAt(int index) {
        if (runs != null) {
            return runs.dotAt(index);
        }
        Objects.checkIndex(index, chain.size());
        return chain.dotAt(index);
    }

    /// See [Sequence#indexOf(long)].
    public int indexOf(long dot) {
        return runs == null ? chain.indexOf(dot) : runs.indexOf(dot);
    }

    /// See [Sequence#isAlive(long)].
    public boolean isAlive(long dot) {
        return runs == null ? chain.indexOf(dot) >= 0 : runs.isAlive(dot);
    }

    /// See [Sequence#leftOf(long)].
    public long leftOf(long dot) {
        int index = runs == null ? chain.indexOf(dot) : -1;
        if (index < 0) {
            return runs().leftOf(dot);
        }
        return index == 0 ? 0 : chain.dotAt(index - 1);
    }

    /// See [Sequence#isFollower(long)].
    public boolean isFollower(long dot) {
        return runs == null && chain.indexOf(dot) >= 0 || runs().isFollower(dot);
    }

    /// See [Sequence#slotOf(long)].
    public long slotOf(long element) {
        return runs == null ? 0 : runs.slotOf(element);
    }

    /// See [Sequence#originsAt(int)].
    public Origins originsAt(int index) {
        if (runs != null) {
            return runs.originsAt(index);
        }
        int size = chain.size();
        Objects.checkIndex(index, size + 1);
        return new Origins(
                index == 0 ? 0 : chain.dotAt(index - 1), index == size ? 0 : chain.dotAt(index));
    }

    /// See [Sequence#runsAt(int, int)].
    public List<Op.Run> runsAt(int index, int count) {
        if (runs != null) {
            return runs.runsAt(index, count);
        }
        Objects.checkFromIndexSize(index, count, chain.size());
        return chain.runsAt(index, count);
    }

    /// See [Sequence#runsHeld()].
    public List<Op.Run> runsHeld() {
        return runs == null ? chain.runsAt(0, chain.size()) : runs.runsHeld();
    }

    /// Adds values between two positions, the nth under the dot `firstDot + n`. What is here
    /// already is passed over.
    ///
    /// @param left the position before, or 0 for the beginning
    /// @param right the position after, or 0 for the end
    /// @throws Problem UNREADABLE_INPUT when a neighbour was never here, or the right one is not
    ///   behind the left one, or there are no values
    public void insert(long firstDot, long left, long right, List<? extends V> values) {
        int count = values.size();
        if (count == 0) {
            throw new Problem(ProblemCode.UNREADABLE_INPUT, "an insert into a list has no values");
        }
        if (runs == null && chain.takes(firstDot, count, left, right)) {
            Sequence.checkRun(firstDot, count);
            for (int index = 0; index < count; index++) {
                append(firstDot + index, firstDot + count - 1, values.get(index));
            }
        } else {
            runs().insert(firstDot, left, right, values.toArray());
        }
    }

    /// As [#insert] of one value.
    public void insertValue(long dot, long left, long right, V value) {
        if (runs == null && chain.takes(dot, 1, left, right)) {
            Sequence.checkRun(dot, 1);
            append(dot, dot, value);
        } else {
            runs().insert(dot, left, right, new Object[] {value});
        }
    }

    private void append(long dot, long lastDot, V value) {
        if (!forgotten.covers(lastDot)) {
            chain.add(dot, value);
        }
    }

    /// See [Sequence#delete(long, int, long)].
    public List<Op.Run> delete(long firstDot, int count, long by) {
        if (runs == null && !chain.overlaps(firstDot, count)) {
            Sequence.checkRun(firstDot, count);
            return List.of();
        }
        return runs().delete(firstDot, count, by);
    }

    /// See [Sequence#move(long, long, long, long, long)].
    public void move(long slotDot, long element, long left, long right, long hlc) {
        runs().move(slotDot, element, left, right, hlc);
    }

    /// See [Sequence#strip(VersionVector, VersionVector)].
    public int strip(VersionVector stable, VersionVector agreed) {
        if (runs != null) {
            return runs.strip(stable, agreed);
        }
        forgotten = forgotten.max(agreed.min(stable));
        return 0;
    }

    /// See [Sequence#join(Sequence, VersionVector, VersionVector)].
    public void join(ValueSequence<V> other, VersionVector own, VersionVector theirs) {
        ValueRuns joined = runs();
        joined.join(other.runs(), own, theirs);
        SequenceCodec.Parts parts = joined.parts();
        Chain found = Chain.of(parts);
        if (found != null) {
            become(found, parts.forgotten());
        }
    }

    private void become(Chain found, VersionVector dropped) {
        chain = found;
        forgotten = dropped;
        runs = null;
    }

    /// The whole sequence, dead positions included, as bytes that [#decode] reads.
    ///
    /// @param actorOut from this node's actor numbers to those that the bytes shall name
    public void encode(ByteWriter out, ValueCodec<V> values, IntUnaryOperator actorOut) {
        SequenceCodec.Parts parts =
                runs == null
                        ? new SequenceCodec.Parts(chain.spans(), List.of(), new Deaths(), forgotten)
                        : runs.parts();
        SequenceCodec.encode(out, parts, new ValueElementCodec<>(values), actorOut);
    }

    /// @param actorIn from the actor numbers that the bytes name to those of this node
    /// @throws Problem UNREADABLE_INPUT when the bytes are no sequence of such values
    public static <V> ValueSequence<V> decode(
            byte[] bytes, ValueCodec<V> values, ActorTable actors, IntUnaryOperator actorIn) {
        ValueSequence<V> sequence = new ValueSequence<>(actors);
        SequenceCodec.Parts parts =
                SequenceCodec.decode(bytes, new ValueElementCodec<>(values), actorIn);
        Chain found = Chain.of(parts);
        if (found != null && Dot.actor(found.last()) < actors.size()) {
            sequence.become(found, parts.forgotten());
        } else {
            sequence.runs().restore(parts);
        }
        return sequence;
    }

    private record ValueElementCodec<V>(ValueCodec<V> values) implements ElementCodec {
        @SuppressWarnings("unchecked")
        @Override
        public void write(ByteWriter writer, Object elements, int count) {
            for (int index = 0; index < count; index++) {
                int element = writer.open();
                values.encode(writer, (V) ValueElements.at(elements, index));
                writer.close(element);
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

    /// A sequence of its own with the same state and the same values, which are not copied.
    public ValueSequence<V> copy() {
        ValueSequence<V> copy = new ValueSequence<>(actors);
        copy.chain = chain.copy();
        copy.runs = runs == null ? null : runs.copy();
        copy.forgotten = forgotten;
        return copy;
    }

    /// The element's value, while it is alive.
    public Optional<V> get(long dot) {
        if (runs != null) {
            Object found = runs.get(dot);
            return found == null ? Optional.empty() : Optional.of(value(found));
        }
        int index = chain.indexOf(dot);
        return index < 0 ? Optional.empty() : Optional.of(value(chain.valueAt(index)));
    }

    /// Puts another value under an element's dot; without effect when it is not alive.
    ///
    /// @return whether it is alive
    public boolean replace(long dot, V value) {
        if (runs != null) {
            return runs.replace(dot, value);
        }
        int index = chain.indexOf(dot);
        if (index >= 0) {
            chain.setValue(index, value);
        }
        return index >= 0;
    }

    /// The value at this index.
    ///
    /// @throws IndexOutOfBoundsException unless the index is below [#size()]
    public V valueAt(int index) {
        if (runs != null) {
            return value(runs.valueAt(index));
        }
        Objects.checkIndex(index, chain.size());
        return value(chain.valueAt(index));
    }

    /// Shows the visible elements in order. The visitor may replace values, and change nothing
    /// else.
    public void forEach(ElementVisitor<? super V> visitor) {
        if (runs != null) {
            runs.forEach((dot, each) -> visitor.visit(dot, value(each)));
            return;
        }
        for (int index = 0; index < chain.size(); index++) {
            visitor.visit(chain.dotAt(index), value(chain.valueAt(index)));
        }
    }

    /// The visible values in order.
    public List<V> values() {
        List<V> values = new ArrayList<>(size());
        forEach((_, value) -> values.add(value));
        return values;
    }

    @SuppressWarnings("unchecked")
    private V value(Object content) {
        return (V) content;
    }
}
