package dev.sheaf.governance.classify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The lists of words in this package's resources: lower-case, separated by white space, lines that
/// begin with `#` are remarks and say where the list comes from.
final class WordLists {
    private static final int ENDED_WORD_MIN = 5;
    private static final Set<String> FIRST_NAMES = read("first-names.txt");
    private static final Set<String> SURNAMES = read("surnames.txt");
    private static final Set<String> ENDINGS = read("surname-endings.txt");
    private static final Set<String> COMMON = read("common-words.txt");
    private static final Set<String> PLACES = read("places.txt");
    private static final int ENDING_MAX = ENDINGS.stream().mapToInt(String::length).max().orElse(0);

    private WordLists() {}

    private static Set<String> read(String name) {
        Set<String> words = new HashSet<>();
        try (InputStream stream = WordLists.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the list " + name + " is not in the archive");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    words.addAll(Set.of(line.isBlank() ? new String[0] : distinct(line)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(words);
    }

    private static String[] distinct(String line) {
        return new HashSet<>(java.util.Arrays.asList(line.strip().split("\\s+")))
                .toArray(new String[0]);
    }

    static boolean isFirstName(String word) {
        String lower = lower(word);
        if (FIRST_NAMES.contains(lower)) {
            return true;
        }
        int hyphen = lower.indexOf('-');
        return hyphen > 0
                && FIRST_NAMES.contains(lower.substring(0, hyphen))
                && FIRST_NAMES.contains(lower.substring(hyphen + 1));
    }

    /// By the list, or by its ending.
    static boolean isSurname(String word) {
        String lower = lower(word);
        if (SURNAMES.contains(lower)) {
            return true;
        }
        if (COMMON.contains(lower) || PLACES.contains(lower) || lower.length() < ENDED_WORD_MIN) {
            return false;
        }
        for (int length = 2; length <= Math.min(ENDING_MAX, lower.length() - 2); length++) {
            if (ENDINGS.contains(lower.substring(lower.length() - length))) {
                return true;
            }
        }
        return false;
    }

    static boolean isCommon(String word) {
        return COMMON.contains(lower(word));
    }

    static boolean isPlace(String word) {
        return PLACES.contains(lower(word));
    }

    private static String lower(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.endsWith("'s") || lower.endsWith("’s")
                ? lower.substring(0, lower.length() - 2)
                : lower;
    }
}
