package dev.sheaf.rego.syntax;

/// @param text the word or symbol; of a string its content
/// @param isSpaced whether white space stands before it
/// @param isOnNewLine whether a line ended before it
/// @param end the offset after it
record Token(Kind kind, String text, Location at, int end, boolean isSpaced, boolean isOnNewLine) {
    enum Kind {
        END,
        WORD,
        NUMBER,
        STRING,
        /// The beginning of a template; what follows is read part by part.
        TEMPLATE,
        SYMBOL
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }
}
