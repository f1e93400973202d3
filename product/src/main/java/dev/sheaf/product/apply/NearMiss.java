package dev.sheaf.product.apply;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses what was meant by a name that is not known.
final class NearMiss {
    private static final int LETTERS_MAX = 60;

    private NearMiss() {}

    /// ` (did you mean 'x'?)`, or nothing when no known name is near.
    static String hint(String written, Collection<String> known) {
        return nearest(written, known).map(name -> " (did you mean '" + name + "'?)").orElse("");
    }

    private static Optional<String> nearest(String written, Collection<String> known) {
        if (written.length() > LETTERS_MAX) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= allowed)
                .min(
                        Comparator.comparingInt((String name) ->
                                        distance(lower, name.toLowerCase(Locale.ROOT)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Letters to add, leave out or change to make one of the other (Levenshtein).
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
