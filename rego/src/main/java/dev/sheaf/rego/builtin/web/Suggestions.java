package dev.sheaf.rego.builtin.web;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Names that somebody may have meant who wrote another one.
final class Suggestions {
    private static final int SHOWN_MAX = 5;

    /// For longer names nothing is suggested: comparing takes time by their lengths.
    private static final int WRITTEN_MAX = 200;

    private Suggestions() {}

    /// ` Did you mean "a" or "b"?`; empty when no name is close.
    ///
    /// @param question `Did you mean`
    static String text(String question, String written, List<String> names) {
        List<String> close = close(written, names);
        return close.isEmpty() ? "" : " " + question + " " + list(close) + "?";
    }

    /// The closest first.
    static List<String> close(String written, List<String> names) {
        if (written.length() > WRITTEN_MAX) {
            return List.of();
        }
        int distanceMax = (int) Math.floor(written.length() * 0.4) + 1;
        return names.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= distanceMax)
                .filter(name -> distance(written, name) <= distanceMax)
                .sorted(Comparator.comparingInt(name -> distance(written, name)))
                .toList();
    }

    /// `"a", "b", or "c"`
    static String list(List<String> names) {
        List<String> shown = names.stream().limit(SHOWN_MAX).map(name -> '"' + name + '"').toList();
        if (shown.size() < 3) {
            return String.join(" or ", shown);
        }
        return String.join(", ", shown.subList(0, shown.size() - 1)) + ", or " + shown.getLast();
    }

    /// How many characters must be added, taken away, changed or swapped with their neighbours;
    /// capital letters all together count one.
    private static int distance(String left, String right) {
        if (left.equals(right)) {
            return 0;
        }
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        if (a.equals(b)) {
            return 1;
        }
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least =
                        Math.min(
                                Math.min(table[i - 1][j], table[i][j - 1]) + 1,
                                table[i - 1][j - 1] + change);
                boolean isSwap =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                table[i][j] = isSwap ? Math.min(least, table[i - 2][j - 2] + change) : least;
            }
        }
        return table[a.length()][b.length()];
    }
}
