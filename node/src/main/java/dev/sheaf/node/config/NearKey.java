package dev.sheaf.node.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the key that somebody probably meant.
final class NearKey {
    private NearKey() {}

    static Optional<String> of(String written, List<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(key -> distance(lower, key.toLowerCase(Locale.ROOT))))
                .filter(key ->
                        distance(lower, key.toLowerCase(Locale.ROOT))
                                <= Math.max(key.length() < 4 ? 1 : 2, key.length() / 3));
    }

    /// Levenshtein's: insertions, deletions and replacements.
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced =
                        previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
