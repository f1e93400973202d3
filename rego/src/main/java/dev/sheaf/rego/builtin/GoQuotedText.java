package dev.sheaf.rego.builtin;

/// Texts and characters as Go's `strconv.Quote` writes them, for `%q` and for error texts.
public final class GoQuotedText {
    private GoQuotedText() {}

    public static String of(String text) {
        return of(text, false);
    }

    static String of(String text, boolean isAscii) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        out.append('"');
        text.codePoints().forEach(c -> append(out, c, '"', isAscii));
        return out.append('"').toString();
    }

    static String ofCharacter(int character, boolean isAscii) {
        StringBuilder out = new StringBuilder().append('\'');
        append(out, character, '\'', isAscii);
        return out.append('\'').toString();
    }

    private static void append(StringBuilder out, int c, char quote, boolean isAscii) {
        if (c == quote || c == '\\') {
            out.append('\\').appendCodePoint(c);
        } else if (isPrintable(c) && (!isAscii || c < 0x80)) {
            out.appendCodePoint(c);
        } else {
            switch (c) {
                case 0x07 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0x0b -> out.append("\\v");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\x%02x", c));
                    } else if (c < 0x10000) {
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.append(String.format("\\U%08x", c));
                    }
                }
            }
        }
    }

    /// Letters, marks, numbers, punctuation, symbols and the plain space.
    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /// Whether a raw string in backquotes can hold it.
    static boolean canBackquote(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0xfeff || c < 0x20 && c != '\t' || c == '`' || c == 0x7f);
    }
}
