package dev.sheaf.context.trace;

import dev.sheaf.context.Op;
import dev.sheaf.context.sequence.TextSequence;

import java.util.List;

/// A change of the text as it travels between replicas: with dots instead of positions.
sealed interface Edit {
    void apply(TextSequence sequence);

    record Insert(long firstDot, long left, long right, String text) implements Edit {
        @Override
        public void apply(TextSequence sequence) {
            sequence.insert(firstDot, left, right, text);
        }
    }

    record Delete(long dot, List<Op.Run> runs) implements Edit {
        @Override
        public void apply(TextSequence sequence) {
            for (Op.Run run : runs) {
                sequence.delete(run.firstDot(), run.count(), dot);
            }
        }
    }
}
