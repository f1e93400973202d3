package dev.sheaf.context.trace;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Op;
import dev.sheaf.context.codec.ByteWriter;

import java.util.HashMap;
import java.util.Map;

/// Writes changes as a stream: a byte of flags, then what does not follow from the change before.
/// Every value can be told from the flags and earlier changes, so that the size is an honest one.
final class EditWriter {
    private static final int DELETE = 1;
    private static final int FOLLOWS = 1 << 1;
    private static final int LEFT_IS_BEFORE = 1 << 2;
    private static final int RIGHT_AS_LAST = 1 << 3;
    private static final int RIGHT_IS_END = 1 << 4;
    private static final int SINGLE = 1 << 5;

    private final ByteWriter writer = new ByteWriter();

    /// By actor, the dot that its next change will have.
    private final Map<Integer, Long> nextDots = new HashMap<>();

    private int lastActor;
    private long lastRight;
    private long lastDeleted;

    int size() {
        return writer.size();
    }

    void write(Edit edit) {
        switch (edit) {
            case Edit.Insert insert -> write(insert);
            case Edit.Delete delete -> write(delete);
        }
    }

    private void write(Edit.Insert insert) {
        int count = insert.text().codePointCount(0, insert.text().length());
        boolean leftIsBefore = insert.left() == insert.firstDot() - 1;
        boolean rightAsLast = insert.right() == lastRight;
        boolean rightIsEnd = insert.right() == 0;
        writer.u8(
                follows(insert.firstDot())
                        | (leftIsBefore ? LEFT_IS_BEFORE : 0)
                        | (rightAsLast ? RIGHT_AS_LAST : 0)
                        | (rightIsEnd ? RIGHT_IS_END : 0)
                        | (count == 1 ? SINGLE : 0));
        writeOwn(insert.firstDot(), count);
        if (!leftIsBefore) {
            writeOther(insert.left(), insert.firstDot());
        }
        if (!rightAsLast && !rightIsEnd) {
            writeOther(insert.right(), insert.firstDot());
        }
        if (count > 1) {
            writer.varint(count);
        }
        insert.text().codePoints().forEach(writer::varint);
        lastRight = insert.right();
    }

    private void write(Edit.Delete delete) {
        boolean single = delete.runs().size() == 1 && delete.runs().getFirst().count() == 1;
        writer.u8(DELETE | follows(delete.dot()) | (single ? SINGLE : 0));
        writeOwn(delete.dot(), 1);
        if (!single) {
            writer.varint(delete.runs().size());
        }
        for (Op.Run run : delete.runs()) {
            writeOther(run.firstDot(), lastDeleted);
            lastDeleted = run.firstDot();
            if (!single) {
                writer.varint(run.count());
            }
        }
    }

    private int follows(long dot) {
        int actor = Dot.actor(dot);
        boolean expected = nextDots.getOrDefault(actor, Dot.of(actor, 1)) == dot;
        return actor == lastActor && expected ? FOLLOWS : 0;
    }

    private void writeOwn(long dot, int width) {
        if (follows(dot) == 0) {
            writer.varint(Dot.actor(dot));
            writer.varint(Dot.sequence(dot));
        }
        lastActor = Dot.actor(dot);
        nextDots.put(lastActor, dot + width);
    }

    private void writeOther(long dot, long near) {
        writer.varint(Dot.actor(dot));
        writer.svarint(Dot.sequence(dot) - Dot.sequence(near));
    }
}
