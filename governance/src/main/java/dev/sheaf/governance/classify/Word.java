package dev.sheaf.governance.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A word or number in a text and where it stands. A hyphen or apostrophe between letters belongs
/// to the word, an `'s` at its end does not.
record Word(String text, int start, int end) {
    /// In the order of the text.
    static List<Word> all(String text) {
        List<Word> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (!isPart(point)) {
                i += Character.charCount(point);
                continue;
            }
            int end = end(text, i);
            words.add(new Word(text.substring(i, end), i, end));
            i = end;
        }
        return words;
    }

    private static boolean isPart(int point) {
        return Character.isLetterOrDigit(point)
                || Character.getType(point) == Character.NON_SPACING_MARK;
    }

    private static int end(String text, int start) {
        int end = start;
        boolean isNumber = Character.isDigit(text.codePointAt(start));
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int next = end + Character.charCount(point);
            boolean joins =
                    !isNumber
                            && (point == '-' || point == '\'' || point == '’')
                            && end > start
                            && next < text.length()
                            && Character.isLetter(text.codePointAt(next))
                            && !isPossessive(text, end);
            if (!isPart(point) && !joins) {
                break;
            }
            end = next;
        }
        return end;
    }

    private static boolean isPossessive(String text, int apostrophe) {
        int after = apostrophe + 2;
        return text.charAt(apostrophe) != '-'
                && (text.charAt(apostrophe + 1) == 's' || text.charAt(apostrophe + 1) == 'S')
                && (after >= text.length() || !Character.isLetter(text.charAt(after)));
    }

    boolean isNumber() {
        return Character.isDigit(text.codePointAt(0));
    }

    boolean isCapitalised() {
        return Character.isUpperCase(text.codePointAt(0));
    }

    boolean isInitial() {
        return text.codePointCount(0, text.length()) == 1
                && Character.isLetter(text.codePointAt(0));
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }
}
