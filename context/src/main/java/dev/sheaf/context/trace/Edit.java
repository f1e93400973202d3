package dev.sheaf.context.trace;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Op;
import dev.sheaf.context.sequence.ByteWriter;
import dev.sheaf.context.sequence.TextSequence;

import java.util.List;

/// A change of the text as it travels between replicas: with dots instead of positions.
sealed interface Edit {
    void apply(TextSequence sequence);

    void write(ByteWriter writer);

    record Insert(long firstDot, long left, long right, String text) implements Edit {
        @Override
        public void apply(TextSequence sequence) {
            sequence.insert(firstDot, left, right, text);
        }

        @Override
        public void write(ByteWriter writer) {
            Edit.write(writer, firstDot);
            Edit.write(writer, left);
            Edit.write(writer, right);
            writer.writeText(text);
        }
    }

    record Delete(long dot, List<Op.Run> runs) implements Edit {
        @Override
        public void apply(TextSequence sequence) {
            for (Op.Run run : runs) {
                sequence.delete(run.firstDot(), run.count(), dot);
            }
        }

        @Override
        public void write(ByteWriter writer) {
            Edit.write(writer, dot);
            writer.writeVarint(runs.size());
            for (Op.Run run : runs) {
                Edit.write(writer, run.firstDot());
                writer.writeVarint(run.count());
            }
        }
    }

    private static void write(ByteWriter writer, long dot) {
        writer.writeVarint(Dot.actor(dot));
        writer.writeVarint(Dot.sequence(dot));
    }
}
