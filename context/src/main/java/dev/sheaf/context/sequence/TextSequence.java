package dev.sheaf.context.sequence;

import dev.sheaf.context.ActorTable;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Objects;
import java.util.function.IntUnaryOperator;

/// A [Sequence] of Unicode code points. Counts and indices are in code points, never in UTF-16
/// units.
public final class TextSequence extends Sequence {
    private static final TextElements ELEMENTS = new TextElements();

    public TextSequence(ActorTable actors) {
        super(actors, ELEMENTS);
    }

    /// Adds text between two positions, code point n under the dot `firstDot + n`. What is here
    /// already is passed over.
    ///
    /// @param left the position before, or 0 for the beginning
    /// @param right the position after, or 0 for the end
    /// @throws Problem UNREADABLE_INPUT when a neighbour was never here, or the right one is not
    ///   behind the left one, or the text is empty
    public void insert(long firstDot, long left, long right, String text) {
        int count = text.codePointCount(0, text.length());
        if (count == 0) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT, "an insert into a text has no characters");
        }
        insertRun(firstDot, count, left, right, TextElements.of(text, count));
    }

    /// The whole sequence, dead positions included, as bytes that [#decode] reads.
    ///
    /// @param actorOut from this node's actor numbers to those that the bytes shall name
    public byte[] encode(IntUnaryOperator actorOut) {
        return encode(ELEMENTS, actorOut);
    }

    /// @param actorIn from the actor numbers that the bytes name to those of this node
    /// @throws Problem UNREADABLE_INPUT when the bytes are no text sequence
    public static TextSequence decode(byte[] bytes, ActorTable actors, IntUnaryOperator actorIn) {
        TextSequence sequence = new TextSequence(actors);
        sequence.restore(SequenceCodec.decode(bytes, ELEMENTS, actorIn));
        return sequence;
    }

    /// A sequence of its own with the same state.
    public TextSequence copy() {
        TextSequence copy = new TextSequence(actors);
        copy.copyFrom(this);
        return copy;
    }

    /// The visible text.
    public String text() {
        StringBuilder text = new StringBuilder(size());
        for (Span span = firstSpan(); span != null; span = spans.tree.next(span)) {
            if (span.standing == Standing.SHOWN) {
                write(span, 0, span.length, text);
            }
        }
        return text.toString();
    }

    /// `count` code points from the index on.
    ///
    /// @throws IndexOutOfBoundsException when there are not so many
    public String text(int index, int count) {
        Objects.checkFromIndexSize(index, count, size());
        StringBuilder text = new StringBuilder(count);
        Span span = count == 0 ? null : spanAt(index);
        int offset = span == null ? 0 : index - spans.tree.visibleBefore(span);
        int rest = count;
        while (rest > 0 && span != null) {
            int taken = Math.min(rest, span.visible() - offset);
            if (taken > 0) {
                write(span, offset, offset + taken, text);
                rest -= taken;
            }
            span = spans.tree.next(span);
            offset = 0;
        }
        return text.toString();
    }

    private void write(Span span, int from, int to, StringBuilder text) {
        Span home = contentOf(span);
        Object content = home.content;
        if (content == null) {
            throw new IllegalStateException(span + " shows nothing");
        }
        if (home == span) {
            TextElements.write(content, from, to, text);
        } else if (span.content instanceof Slot slot) {
            text.appendCodePoint(TextElements.at(content, (int) (slot.element() - home.id)));
        }
    }

    @Override
    Object slice(Object content, int from, int to) {
        return ELEMENTS.slice(content, from, to);
    }
}
