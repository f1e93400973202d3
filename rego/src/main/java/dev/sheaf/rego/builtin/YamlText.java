package dev.sheaf.rego.builtin;

/// Texts in YAML: without quotes where they stay texts, in quotes or as a block otherwise.
///
/// Source: YAML 1.1, and the choices of Go's package `yaml.v2`.
final class YamlText {
    /// At the start they mean something else.
    private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

    /// Behind this column a line is broken at the next space.
    private static final int WIDTH = 80;

    private final String text;
    private boolean hasIndicator;
    private boolean hasSpecial;
    private boolean hasBreakAfterSpace;
    private boolean hasSpaceAfterBreak;

    private YamlText(String text) {
        this.text = text;
        analyze();
    }

    /// As a key on one line.
    static String key(String text) {
        return new YamlText(text).inline(Line.ENDLESS);
    }

    /// As a value; blocks and further lines are indented.
    ///
    /// @param column where it starts
    static String value(String text, int indent, int column) {
        YamlText analyzed = new YamlText(text);
        boolean isBlock =
                text.indexOf('\n') >= 0
                        && !text.endsWith(" ")
                        && !analyzed.hasBreakAfterSpace
                        && !analyzed.hasSpecial;
        return isBlock ? analyzed.block(indent) : analyzed.inline(new Line(indent, column));
    }

    private void analyze() {
        hasIndicator = text.startsWith("---") || text.startsWith("...");
        int previous = ' ';
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean isBeforeSpace =
                    next >= text.length() || text.charAt(next) == ' ' || text.charAt(next) == '\t';
            hasIndicator |= isIndicator(c, i, previous, isBeforeSpace);
            hasSpecial |= !isPrintable(c);
            hasSpaceAfterBreak |= c == ' ' && i > 0 && isBreak(previous);
            hasBreakAfterSpace |= isBreak(c) && i > 0 && previous == ' ';
            previous = c;
            i = next;
        }
    }

    private static boolean isIndicator(int c, int place, int previous, boolean isBeforeSpace) {
        if (place == 0) {
            return INDICATORS.indexOf(c) >= 0
                    || (c == '?' || c == ':' || c == '-') && isBeforeSpace;
        }
        boolean isAfterSpace = previous == ' ' || previous == '\t' || isBreak(previous);
        return c == ':' && isBeforeSpace || c == '#' && isAfterSpace;
    }

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static boolean isPrintable(int c) {
        return c == '\n'
                || c >= 0x20 && c <= 0x7e
                || c >= 0xa0 && c < 0xd800
                || c >= 0xe000 && c < 0xfffe && c != 0xfeff;
    }

    private boolean hasBreak() {
        return text.chars().anyMatch(YamlText::isBreak);
    }

    /// Where lines are broken.
    private record Line(int indent, int column) {
        static final Line ENDLESS = new Line(0, Integer.MIN_VALUE / 2);

        boolean isFull(StringBuilder out) {
            int lineStart = out.lastIndexOf("\n") + 1;
            int length = out.codePointCount(lineStart, out.length());
            return (lineStart == 0 || this == ENDLESS ? column + length : length) > WIDTH;
        }

        void end(StringBuilder out) {
            out.append('\n').repeat(' ', indent);
        }
    }

    private String inline(Line line) {
        boolean mayBeSingle = !hasSpaceAfterBreak && !hasBreakAfterSpace && !hasSpecial;
        if (hasBreak() || !mayBeSingle || !YamlScalar.isText(text)) {
            return doubleQuoted(line);
        }
        boolean isPlain = !hasIndicator && !text.startsWith(" ") && !text.endsWith(" ");
        return isPlain ? folded("", text, line) : folded("'", text.replace("'", "''"), line);
    }

    /// A single space can be a line break.
    private static String folded(String quote, String text, Line line) {
        StringBuilder out = new StringBuilder(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isSingleSpace =
                    c == ' '
                            && i > 0
                            && i < text.length() - 1
                            && text.charAt(i - 1) != ' '
                            && text.charAt(i + 1) != ' ';
            if (isSingleSpace && line.isFull(out)) {
                line.end(out);
            } else {
                out.append(c);
            }
        }
        return out.append(quote).toString();
    }

    private String doubleQuoted(Line line) {
        StringBuilder out = new StringBuilder().append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean isFirstSpace =
                    c == ' ' && i > 0 && i < text.length() - 1 && text.charAt(i - 1) != ' ';
            if (isFirstSpace && line.isFull(out)) {
                line.end(out);
                if (text.charAt(i + 1) == ' ') {
                    out.append('\\');
                }
            } else {
                append(out, c);
            }
            i += Character.charCount(c);
        }
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int c) {
        boolean isPlain = isPrintable(c) && !isBreak(c) && c != '"' && c != '\\';
        if (isPlain) {
            out.appendCodePoint(c);
            return;
        }
        switch (c) {
            case 0 -> out.append("\\0");
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case 0x0b -> out.append("\\v");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            case 0x1b -> out.append("\\e");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 0x85 -> out.append("\\N");
            case 0x2028 -> out.append("\\L");
            case 0x2029 -> out.append("\\P");
            default ->
                    out.append(
                            String.format(
                                    c < 0x100 ? "\\x%02X" : c < 0x10000 ? "\\u%04X" : "\\U%08X",
                                    c));
        }
    }

    private String block(int indent) {
        StringBuilder out = new StringBuilder().append('|');
        if (text.startsWith(" ") || isBreak(text.charAt(0))) {
            out.append('2');
        }
        boolean isEnded = isBreak(text.charAt(text.length() - 1));
        if (!isEnded) {
            out.append('-');
        } else if (text.length() == 1 || isBreak(text.charAt(text.length() - 2))) {
            out.append('+');
        }
        out.append('\n');
        boolean isLineStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isLineStart && !isBreak(c)) {
                out.repeat(' ', indent);
            }
            out.append(c);
            isLineStart = isBreak(c);
        }
        // The caller ends the line.
        if (isEnded) {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }
}
