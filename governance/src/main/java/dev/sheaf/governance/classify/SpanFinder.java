package dev.sheaf.governance.classify;

import java.util.function.Consumer;

/// Looks for one kind of personal data in a text. Pure; for any thread; linear in the text's
/// length.
@FunctionalInterface
interface SpanFinder {
    /// Reports everything it finds, in any order; parts may overlap.
    void find(String text, Consumer<PersonalDataSpan> found);

    /// Whether a place between two characters separates words.
    static boolean isFree(String text, int start, int end) {
        return (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }
}
