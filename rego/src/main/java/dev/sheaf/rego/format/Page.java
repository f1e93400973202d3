package dev.sheaf.rego.format;

/// What has been written so far, line by line, with the indentation of the next line.
final class Page {
    private final StringBuilder out = new StringBuilder();
    private int level;
    private int lines = 1;
    private boolean isLineStart = true;
    private boolean isSpaced;
    private boolean isOpening;
    private boolean endsInComment;
    private String lineEnd = "";

    void indent() {
        level++;
        isOpening = true;
    }

    void outdent() {
        level--;
    }

    void space() {
        isSpaced = true;
    }

    void write(String text) {
        if (endsInComment && !isLineStart) {
            newLine(false);
        }
        if (isLineStart) {
            out.append("\t".repeat(level));
        } else if (isSpaced) {
            out.append(' ');
        }
        out.append(text);
        lines += (int) text.chars().filter(c -> c == '\n').count();
        isLineStart = false;
        isSpaced = false;
    }

    /// After it, nothing can follow on its line.
    void comment(String text) {
        write(text);
        endsInComment = true;
    }

    /// To stand at the end of this line, behind what follows on it.
    void commentLater(String text) {
        lineEnd = text;
    }

    /// Whether a comment can stand at the end of this line.
    boolean takesComment() {
        return !isLineStart && !endsInComment && lineEnd.isEmpty();
    }

    /// Whether a comment can stand on this line, behind something or alone.
    boolean isFree() {
        return isLineStart || takesComment();
    }

    /// @param isBlank whether an empty line should follow; none does behind an opening bracket or
    ///   at the top
    void newLine(boolean isBlank) {
        isSpaced = false;
        if (out.isEmpty()) {
            return;
        }
        if (!lineEnd.isEmpty()) {
            out.append(' ').append(lineEnd);
            lineEnd = "";
        }
        if (!isLineStart) {
            out.append('\n');
            lines++;
            isLineStart = true;
        }
        boolean hasBlank = out.length() > 1 && out.charAt(out.length() - 2) == '\n';
        if (isBlank && !isOpening && !hasBlank) {
            out.append('\n');
            lines++;
        }
        endsInComment = false;
        isOpening = false;
    }

    int lines() {
        return lines;
    }

    /// With one line end at its end.
    String text() {
        newLine(false);
        return out.toString().stripTrailing() + "\n";
    }
}
