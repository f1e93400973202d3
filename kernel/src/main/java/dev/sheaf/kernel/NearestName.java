package dev.sheaf.kernel;

import java.util.Optional;

/// Guesses which of the known names somebody meant.
public final class NearestName {
    private static final int LENGTH_MAX = 64;

    private NearestName() {}

    /// The known name that is at most two typing errors away, the first of the nearest; without
    /// regard to case. Empty for what is longer than 64 characters.
    public static Optional<String> of(String written, Iterable<String> known) {
        Optional<String> best = Optional.empty();
        int distanceMin = Math.min(3, Math.max(2, written.length() / 2));
        for (String candidate : known) {
            int distance = distance(written, candidate);
            if (distance < distanceMin) {
                distanceMin = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /// Levenshtein's distance without regard to case, for short words.
    private static int distance(String written, String known) {
        if (Math.abs(written.length() - known.length()) > 2 || written.length() > LENGTH_MAX) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[known.length() + 1];
        for (int column = 0; column <= known.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= written.length(); row++) {
            int[] current = new int[known.length() + 1];
            current[0] = row;
            for (int column = 1; column <= known.length(); column++) {
                boolean same =
                        Character.toLowerCase(written.charAt(row - 1))
                                == Character.toLowerCase(known.charAt(column - 1));
                current[column] =
                        Math.min(
                                previous[column - 1] + (same ? 0 : 1),
                                1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[known.length()];
    }
}
