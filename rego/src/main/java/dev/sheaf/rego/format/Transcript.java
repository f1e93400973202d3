package dev.sheaf.rego.format;

import dev.sheaf.rego.syntax.Comment;
import dev.sheaf.rego.syntax.Lexeme;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Copies pieces from a source to a page, one after another, and each comment once.
///
/// A comment at the end of one of the author's lines is written at the end of a line; one on a line
/// of its own stays on one, even if that breaks a line. Pieces may be left out or replaced; their
/// comments stay.
final class Transcript {
    private final Source source;
    private final Page page;

    /// Comments of pieces that were left out.
    private final List<Comment> held = new ArrayList<>();

    private final Set<Comment> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private int position;
    private int lastLine = 1;

    Transcript(Source source, Page page) {
        this.source = source;
        this.page = page;
    }

    Source source() {
        return source;
    }

    int position() {
        return position;
    }

    void goTo(int index) {
        position = index;
        lastLine = current().line();
    }

    boolean isAtEnd() {
        return position == source.last();
    }

    Lexeme current() {
        return source.piece(position);
    }

    /// The one after the current one.
    Lexeme next() {
        return source.piece(Math.min(position + 1, source.last()));
    }

    /// Whether nothing stands between a piece and the one before it.
    ///
    /// @param ahead how far after the current one it is
    boolean isAttached(int ahead) {
        int index = position + ahead;
        return index <= source.last()
                && source.piece(index).offset() == source.piece(index - 1).end();
    }

    /// Where the piece before the current one ends.
    int previousLine() {
        return position == 0 ? 0 : source.piece(position - 1).lastLine();
    }

    boolean is(String text) {
        return current().text().equals(text);
    }

    // --- on the line

    /// The current piece as it is.
    void write() {
        write(current().text());
    }

    /// @param text in place of the current piece
    void write(String text) {
        List<Comment> comments = takeComments();
        boolean isBroken = !comments.isEmpty();
        if (comments.size() == 1 && source.isTrailing(comments.getFirst()) && page.takesComment()) {
            page.commentLater(comments.getFirst().text());
            isBroken = false;
        }
        if (isBroken) {
            page.indent();
            comments.forEach(this::write);
            page.newLine(false);
            page.write(text);
            page.outdent();
        } else {
            page.write(text);
        }
        advance();
    }

    /// @throws IllegalStateException when the current piece is another one
    void expect(String text) {
        if (!is(text)) {
            throw new IllegalStateException(
                    "line " + current().line() + ": " + text + " was expected, not " + current());
        }
        write();
    }

    /// What stands nowhere in the source.
    void add(String text) {
        page.write(text);
    }

    void space() {
        page.space();
    }

    /// The current piece directly behind the last one, even if comments stand between them.
    void attach() {
        page.write(current().text());
        skip();
    }

    /// Leaves out the current piece.
    void skip() {
        held.addAll(fresh());
        written.addAll(fresh());
        advance();
    }

    private void advance() {
        lastLine = current().lastLine();
        position++;
    }

    // --- comments and line ends

    boolean hasComments() {
        return !held.isEmpty() || !fresh().isEmpty();
    }

    private List<Comment> fresh() {
        return source.commentsBefore(position).stream()
                .filter(comment -> !written.contains(comment))
                .toList();
    }

    private List<Comment> takeComments() {
        List<Comment> all = new ArrayList<>(held);
        all.addAll(fresh());
        held.clear();
        written.addAll(all);
        return all;
    }

    void indent() {
        page.indent();
    }

    void outdent() {
        page.outdent();
    }

    /// Ends the line, with the comments that stand here.
    ///
    /// @param keepsBlank whether an empty line before the current piece stays
    void line(boolean keepsBlank) {
        boolean hasOwnLine = writeComments();
        page.newLine((keepsBlank || hasOwnLine) && isGap(current().line()));
    }

    /// Ends the last line before a closing bracket.
    void closingLine() {
        writeComments();
        page.outdent();
        page.newLine(false);
    }

    /// Ends the line, with the comment that stands at its end, and no others.
    void endLine() {
        for (Comment comment : takeComments()) {
            if (held.isEmpty() && source.isTrailing(comment) && page.takesComment()) {
                write(comment);
            } else {
                held.add(comment);
            }
        }
        page.newLine(false);
    }

    /// Ends the line, with the comment that stood at the end of the author's; when nothing of that
    /// line was written, the comment has it for itself.
    void endLineAlone() {
        List<Comment> here = fresh();
        if (!here.isEmpty() && source.isTrailing(here.getFirst()) && page.isFree()) {
            written.add(here.getFirst());
            write(here.getFirst());
        }
        page.newLine(false);
    }

    /// Ends a statement, with an empty line between it and the next.
    void separate() {
        endLine();
        page.newLine(true);
        line(true);
    }

    /// @return whether one has a line of its own
    private boolean writeComments() {
        boolean hasOwnLine = false;
        for (Comment comment : takeComments()) {
            hasOwnLine |= write(comment);
        }
        return hasOwnLine;
    }

    /// @return whether it has a line of its own
    private boolean write(Comment comment) {
        int line = comment.at().line();
        boolean isTrailing = source.isTrailing(comment) && page.takesComment();
        if (isTrailing) {
            page.space();
        } else {
            page.newLine(isGap(line));
        }
        page.comment(comment.text());
        lastLine = line;
        return !isTrailing;
    }

    private boolean isGap(int line) {
        return line - lastLine > 1;
    }
}
