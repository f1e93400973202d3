package dev.sheaf.governance.classify;

import java.util.Locale;
import java.util.Set;

/// What stands before and behind a place in a text, for words that say what something is.
record Context(String before, String after) {
    private static final int BEFORE_CHARACTERS = 60;
    private static final int AFTER_CHARACTERS = 30;

    static Context of(String text, int start, int end) {
        return new Context(
                text.substring(Math.max(0, start - BEFORE_CHARACTERS), start)
                        .toLowerCase(Locale.ROOT),
                text.substring(end, Math.min(text.length(), end + AFTER_CHARACTERS))
                        .toLowerCase(Locale.ROOT));
    }

    /// Whether one of these words, or beginnings of words, stands before or behind.
    boolean mentions(Set<String> words) {
        return words.stream().anyMatch(word -> has(before, word) || has(after, word));
    }

    private static boolean has(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }
}
