package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Comment;
import dev.sheaf.rego.syntax.Lexeme;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/// The pieces of a module's text by their index, with the comments between them. After the last
/// piece stands an empty one.
final class Source {
    private final List<Lexeme> pieces;
    private final List<List<Comment>> comments = new ArrayList<>();
    private final int[] closers;
    private final int[] openers;

    Source(Module module) {
        pieces = new ArrayList<>(Lexeme.all(module));
        int lines = 1 + (int) module.text().chars().filter(c -> c == '\n').count();
        pieces.add(new Lexeme("", lines, lines, module.text().length()));
        closers = IntStream.range(0, pieces.size()).toArray();
        openers = new int[pieces.size()];
        pair();
        pieces.forEach(piece -> comments.add(new ArrayList<>()));
        for (Comment comment : module.comments()) {
            comments.get(index(comment.at())).add(comment);
        }
    }

    private void pair() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < openers.length; i++) {
            String text = pieces.get(i).text();
            if (closes(text) && !open.isEmpty()) {
                closers[open.pop()] = i;
            }
            openers[i] = open.isEmpty() ? 0 : open.peek();
            if (opens(text)) {
                open.push(i);
            }
        }
    }

    private static boolean opens(String text) {
        return switch (text) {
            case "(", "[", "{" -> true;
            default -> text.endsWith("{") && (text.startsWith("$") || text.startsWith("}"));
        };
    }

    private static boolean closes(String text) {
        return text.equals(")") || text.equals("]") || text.startsWith("}");
    }

    int last() {
        return closers.length - 1;
    }

    Lexeme piece(int index) {
        return pieces.get(index);
    }

    /// What closes the bracket that opens here; the piece itself when it is none.
    int closer(int index) {
        return closers[index];
    }

    /// The bracket that is open around this piece.
    int opener(int index) {
        return openers[index];
    }

    /// The last piece of what begins here: the closing bracket, or the piece itself.
    int endOf(int index) {
        int end = index;
        while (closers[end] > end) {
            end = closers[end];
        }
        return end;
    }

    /// The first piece that begins there or later.
    int index(Location at) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pieces.get(middle).offset() < at.offset()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Those between this piece and the one before it.
    List<Comment> commentsBefore(int index) {
        return comments.get(index);
    }

    /// Whether it stands on the same line as the end of a piece.
    boolean isTrailing(Comment comment) {
        int next = index(comment.at());
        return next > 0 && pieces.get(next - 1).lastLine() == comment.at().line();
    }

    /// Whether comments stand between two brackets, and not within others between them.
    boolean hasComments(int open, int close) {
        for (int i = open + 1; i <= close; i++) {
            if (!comments.get(i).isEmpty()) {
                return true;
            }
            i = i < close ? endOf(i) : i;
        }
        return false;
    }
}
