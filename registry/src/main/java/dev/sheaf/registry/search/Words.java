package dev.sheaf.registry.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Finds the words of texts and of names: `customerOrders`, `customer_orders` and `customer-orders`
/// have two, `orders2024` has two, `s3` has one.
final class Words {
    /// What is longer is looked at no further.
    static final int WORD_CHARACTERS_MAX = 64;

    private static final int LETTERS_BEFORE_NUMBER_MIN = 3;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Words() {}

    static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            boolean isPart =
                    Character.isLetterOrDigit(character)
                            || start >= 0
                                    && Character.getType(character) == Character.NON_SPACING_MARK;
            if (start >= 0 && (!isPart || begins(text, start, i))) {
                add(words, text, start, i);
                start = -1;
            }
            if (isPart && start < 0) {
                start = i;
            }
            i += Character.charCount(character);
        }
        if (start >= 0) {
            add(words, text, start, text.length());
        }
        return words;
    }

    /// All words of a text as one, as `purchaseorder` of `purchase-orders`.
    static String joined(List<Word> words) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            all.append(i == words.size() - 1 ? word.text() : word.typed());
        }
        return all.length() <= WORD_CHARACTERS_MAX
                ? all.toString()
                : all.substring(0, WORD_CHARACTERS_MAX);
    }

    /// Whether a new word begins at a letter or digit inside a run of them.
    private static boolean begins(String text, int start, int at) {
        char before = text.charAt(at - 1);
        char now = text.charAt(at);
        if (Character.isLowerCase(before) && Character.isUpperCase(now)) {
            return true;
        }
        if (Character.isUpperCase(before) && Character.isUpperCase(now)) {
            return at + 1 < text.length() && Character.isLowerCase(text.charAt(at + 1));
        }
        if (Character.isLetter(before) && Character.isDigit(now)) {
            return at - start >= LETTERS_BEFORE_NUMBER_MIN;
        }
        return Character.isDigit(before)
                && Character.isLetter(now)
                && at - start > 1
                && Character.isDigit(text.charAt(start));
    }

    private static void add(List<Word> words, String text, int start, int end) {
        int kept = Math.min(end, start + WORD_CHARACTERS_MAX);
        String folded = folded(text.substring(start, kept));
        if (!folded.isEmpty()) {
            words.add(new Word(singular(folded), folded, start, end));
        }
    }

    static String folded(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return bare.toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("æ", "ae");
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// No stemming beyond the plural: names of things are names.
    private static String singular(String word) {
        int length = word.length();
        if (length < 4 || !word.endsWith("s") || word.charAt(0) < 'a' || word.charAt(0) > 'z') {
            return word;
        }
        if (word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        if (word.endsWith("ies") && length > 4) {
            return word.substring(0, length - 3) + "y";
        }
        if (word.endsWith("sses")
                || word.endsWith("xes")
                || word.endsWith("ches")
                || word.endsWith("shes")) {
            return word.substring(0, length - 2);
        }
        return word.substring(0, length - 1);
    }
}
