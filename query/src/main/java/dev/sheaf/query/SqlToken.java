package dev.sheaf.query;

import java.util.Locale;

/// A piece of SQL text.
///
/// @param start offset of its first character
/// @param end offset after its last
record SqlToken(Kind kind, String text, int start, int end) {
    enum Kind {
        WORD,
        NUMBER,
        STRING,
        QUOTED_NAME,
        SYMBOL
    }

    /// Without regard to case; never true for quoted text.
    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }
}
