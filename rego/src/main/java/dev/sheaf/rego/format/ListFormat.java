package dev.sheaf.rego.format;

import java.util.List;
import java.util.function.Consumer;

/// Items between brackets: all on one line, or on lines of their own when the author had broken
/// them, those of one line together.
final class ListFormat {
    private final Transcript transcript;

    ListFormat(Transcript transcript) {
        this.transcript = transcript;
    }

    /// The current piece is the bracket.
    <T> void write(List<T> items, Consumer<T> item) {
        int open = transcript.position();
        boolean isBroken = isBroken(open, transcript.source().closer(open));
        transcript.write();
        if (isBroken) {
            broken(items, item);
        } else {
            inLine(items, item);
        }
        transcript.write();
    }

    private <T> void inLine(List<T> items, Consumer<T> item) {
        for (int i = 0; i < items.size(); i++) {
            item.accept(items.get(i));
            if (i < items.size() - 1) {
                transcript.attach();
                transcript.space();
            } else if (transcript.is(",")) {
                transcript.skip();
            }
        }
    }

    private <T> void broken(List<T> items, Consumer<T> item) {
        transcript.indent();
        int line = 0;
        for (T each : items) {
            int start = transcript.current().line();
            if (start > line || line == 0 || transcript.hasComments()) {
                transcript.line(false);
            } else {
                transcript.space();
            }
            line = start;
            item.accept(each);
            if (transcript.is(",")) {
                transcript.attach();
            } else {
                transcript.add(",");
            }
        }
        transcript.closingLine();
    }

    /// Whether an item begins on another line than the one before it, or comments stand among them.
    private boolean isBroken(int open, int close) {
        Source source = transcript.source();
        if (source.hasComments(open, close)) {
            return true;
        }
        int line = source.piece(open).lastLine();
        boolean isStart = true;
        for (int i = open + 1; i < close; i++) {
            int start = source.piece(i).line();
            if (isStart && start > line) {
                return true;
            }
            isStart = source.piece(i).text().equals(",");
            line = isStart ? line : start;
            i = source.endOf(i);
        }
        return false;
    }
}
