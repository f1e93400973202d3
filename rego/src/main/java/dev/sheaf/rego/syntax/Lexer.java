package dev.sheaf.rego.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts a text into tokens, one at a time, from any offset.
final class Lexer {
    private static final Set<String> PAIRS = Set.of(":=", "==", "!=", "<=", ">=");
    private static final String SINGLES = "{}[]()<>.,;:=+-*/%|&";

    private final String file;
    private final String text;
    private final int[] lineStarts;
    private final List<Comment> comments = new ArrayList<>();
    private int commentsUpTo;
    private int offset;

    /// A text that cannot be cut.
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Location at;
        private final String hint;

        Fault(String message, Location at, String hint) {
            super(message, null, false, false);
            this.at = at;
            this.hint = hint;
        }

        Location at() {
            return at;
        }

        String hint() {
            return hint;
        }

        String message() {
            return String.valueOf(getMessage());
        }
    }

    Lexer(String file, String text) {
        this.file = file;
        this.text = text;
        this.lineStarts =
                java.util.stream.IntStream.concat(
                                java.util.stream.IntStream.of(0),
                                java.util.stream.IntStream.range(0, text.length())
                                        .filter(i -> text.charAt(i) == '\n')
                                        .map(i -> i + 1))
                        .toArray();
    }

    List<Comment> comments() {
        return List.copyOf(comments);
    }

    int offset() {
        return offset;
    }

    void goTo(int to) {
        offset = to;
    }

    Location location(int at) {
        int line = java.util.Arrays.binarySearch(lineStarts, at);
        int index = line >= 0 ? line : -line - 2;
        return new Location(file, index + 1, at - lineStarts[index] + 1, at);
    }

    /// The text of the line, without its end.
    String line(Location at) {
        int start = lineStarts[at.line() - 1];
        int end = text.indexOf('\n', start);
        String line = text.substring(start, end < 0 ? text.length() : end);
        return line.length() <= 200 ? line : line.substring(0, 200);
    }

    /// Whether nothing stands before it in its line.
    boolean isAlone(Comment comment) {
        int offset = comment.at().offset();
        return text.substring(offset - comment.at().column() + 1, offset).isBlank();
    }

    /// Zero beyond the end.
    char charAt(int at) {
        return at < text.length() ? text.charAt(at) : 0;
    }

    Token next() {
        int start = offset;
        boolean newLine = skipBlanks();
        boolean spaced = offset > start;
        int from = offset;
        Location at = location(from);
        if (from >= text.length()) {
            return new Token(Token.Kind.END, "", at, from, spaced, newLine);
        }
        char c = text.charAt(from);
        if (isWordStart(c)) {
            while (offset < text.length() && isWordPart(text.charAt(offset))) {
                offset++;
            }
            return token(Token.Kind.WORD, text.substring(from, offset), at, spaced, newLine);
        } else if (isDigit(c)) {
            return token(Token.Kind.NUMBER, number(at), at, spaced, newLine);
        } else if (c == '"') {
            return token(Token.Kind.STRING, quoted(at), at, spaced, newLine);
        } else if (c == '`') {
            return token(Token.Kind.STRING, raw(at), at, spaced, newLine);
        } else if (c == '$'
                && from + 1 < text.length()
                && "\"`".indexOf(text.charAt(from + 1)) >= 0) {
            offset += 2;
            return token(
                    Token.Kind.TEMPLATE, text.substring(from + 1, offset), at, spaced, newLine);
        }
        if (from + 1 < text.length() && PAIRS.contains(text.substring(from, from + 2))) {
            offset += 2;
        } else if (SINGLES.indexOf(c) >= 0) {
            offset++;
        } else {
            throw new Fault(
                    "illegal token '" + new String(Character.toChars(text.codePointAt(from))) + "'",
                    at,
                    "");
        }
        return token(Token.Kind.SYMBOL, text.substring(from, offset), at, spaced, newLine);
    }

    private Token token(
            Token.Kind kind, String content, Location at, boolean spaced, boolean newLine) {
        return new Token(kind, content, at, offset, spaced, newLine);
    }

    /// @return whether a line ended
    private boolean skipBlanks() {
        boolean newLine = false;
        while (offset < text.length()) {
            char c = text.charAt(offset);
            if (c == '\n') {
                newLine = true;
                offset++;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\uFEFF') {
                offset++;
            } else if (c == '#') {
                comment();
            } else {
                return newLine;
            }
        }
        return newLine;
    }

    private void comment() {
        int from = offset;
        int end = text.indexOf('\n', from);
        offset = end < 0 ? text.length() : end;
        if (from >= commentsUpTo) {
            commentsUpTo = offset;
            String content = text.substring(from, offset);
            comments.add(new Comment(content.stripTrailing(), location(from)));
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }

    private String number(Location at) {
        int from = offset;
        while (offset < text.length() && isDigit(text.charAt(offset))) {
            offset++;
        }
        if (offset - from > 1 && text.charAt(from) == '0') {
            throw new Fault("expected number", at, "numbers do not begin with 0");
        }
        if (offset + 1 < text.length()
                && text.charAt(offset) == '.'
                && isDigit(text.charAt(offset + 1))) {
            offset++;
            while (offset < text.length() && isDigit(text.charAt(offset))) {
                offset++;
            }
        }
        if (offset < text.length() && "eE".indexOf(text.charAt(offset)) >= 0) {
            offset++;
            if (offset < text.length() && "+-".indexOf(text.charAt(offset)) >= 0) {
                offset++;
            }
            int digits = offset;
            while (offset < text.length() && isDigit(text.charAt(offset))) {
                offset++;
            }
            if (offset == digits) {
                throw new Fault("expected exponent", at, "as in 1e6");
            }
        }
        if (offset < text.length() && isWordStart(text.charAt(offset))) {
            throw new Fault("illegal number format", at, "");
        }
        return text.substring(from, offset);
    }

    private String quoted(Location at) {
        StringBuilder out = new StringBuilder();
        offset++;
        while (true) {
            char c = charInLine(at);
            offset++;
            if (c == '"') {
                return out.toString();
            } else if (c == '\\') {
                escape(at, out, false);
            } else {
                out.append(c);
            }
        }
    }

    private char charInLine(Location at) {
        if (offset >= text.length() || text.charAt(offset) == '\n') {
            throw new Fault("non-terminated string", at, "close it with \" in the same line");
        }
        return text.charAt(offset);
    }

    private void escape(Location at, StringBuilder out, boolean isTemplate) {
        char c = charInLine(at);
        offset++;
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'u' -> {
                int end = offset + 4;
                String digits = end <= text.length() ? text.substring(offset, end) : "";
                if (!digits.matches("[0-9a-fA-F]{4}")) {
                    throw new Fault("illegal escape sequence", at, "\\u takes four hex digits");
                }
                out.append((char) Integer.parseInt(digits, 16));
                offset = end;
            }
            default -> {
                if (isTemplate && c == '{') {
                    out.append(c);
                } else {
                    throw new Fault(
                            "illegal escape sequence '\\" + c + "'",
                            at,
                            "write \\\\ for a backslash, or use a raw string in `…`");
                }
            }
        }
    }

    private String raw(Location at) {
        int end = text.indexOf('`', offset + 1);
        if (end < 0) {
            throw new Fault("non-terminated string", at, "close it with `");
        }
        String content = text.substring(offset + 1, end);
        offset = end + 1;
        return content;
    }

    /// Reads a template's text up to its next hole or its end, and goes behind that.
    ///
    /// @param quote with which it began
    /// @return whether there is a hole
    boolean templateText(char quote, Location at, StringBuilder out) {
        while (true) {
            if (quote == '"') {
                charInLine(at);
            } else if (offset >= text.length()) {
                throw new Fault("non-terminated string", at, "close it with `");
            }
            char c = text.charAt(offset++);
            if (c == quote) {
                return false;
            } else if (c == '{') {
                return true;
            } else if (c == '\\' && quote == '"') {
                escape(at, out, true);
            } else if (c == '\\' && offset < text.length() && text.charAt(offset) == '{') {
                offset++;
                out.append('{');
            } else {
                out.append(c);
            }
        }
    }
}
