package dev.sheaf.product.ingest;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Map;
import java.util.Optional;

/// Patterns for dates and times, from the JDK's letters (ODCS `format`) to DuckDB's `strptime`. A
/// pattern that has a `%` is taken to be one of the latter already.
public final class DatePatterns {
    private static final Map<String, String> LETTERS =
            Map.ofEntries(
                    Map.entry("yyyy", "%Y"),
                    Map.entry("uuuu", "%Y"),
                    Map.entry("yy", "%y"),
                    Map.entry("uu", "%y"),
                    Map.entry("MMMM", "%B"),
                    Map.entry("MMM", "%b"),
                    Map.entry("MM", "%m"),
                    Map.entry("M", "%-m"),
                    Map.entry("dd", "%d"),
                    Map.entry("d", "%-d"),
                    Map.entry("EEEE", "%A"),
                    Map.entry("EEE", "%a"),
                    Map.entry("HH", "%H"),
                    Map.entry("H", "%-H"),
                    Map.entry("hh", "%I"),
                    Map.entry("h", "%-I"),
                    Map.entry("mm", "%M"),
                    Map.entry("m", "%-M"),
                    Map.entry("ss", "%S"),
                    Map.entry("s", "%-S"),
                    Map.entry("SSS", "%g"),
                    Map.entry("SSSSSS", "%f"),
                    Map.entry("SSSSSSSSS", "%n"),
                    Map.entry("a", "%p"),
                    Map.entry("XXX", "%z"),
                    Map.entry("XX", "%z"),
                    Map.entry("X", "%z"),
                    Map.entry("Z", "%z"));

    private DatePatterns() {}

    /// Empty for no pattern, and for names of JSON Schema formats, which mean ISO 8601.
    ///
    /// @throws Problem INVALID_CONTRACT when a letter has no equivalent
    public static Optional<String> strptime(Optional<String> pattern) {
        if (pattern.isEmpty()
                || pattern.get().isBlank()
                || pattern.get().matches("date|date-time|time|ISO|iso8601")) {
            return Optional.empty();
        }
        String text = pattern.get();
        return Optional.of(text.contains("%") ? text : translate(text));
    }

    private static String translate(String pattern) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char letter = pattern.charAt(at);
            if (letter == '\'') {
                int close = pattern.indexOf('\'', at + 1);
                if (close < 0) {
                    throw unknown(pattern, "'");
                }
                result.append(close == at + 1 ? "'" : pattern.substring(at + 1, close));
                at = close + 1;
            } else if (Character.isLetter(letter)) {
                int end = at;
                while (end < pattern.length() && pattern.charAt(end) == letter) {
                    end++;
                }
                String run = pattern.substring(at, end);
                String directive = LETTERS.get(run);
                if (directive != null) {
                    result.append(directive);
                } else if (run.equals("T")) {
                    result.append('T');
                } else {
                    throw unknown(pattern, run);
                }
                at = end;
            } else {
                result.append(letter);
                at++;
            }
        }
        return result.toString();
    }

    private static Problem unknown(String pattern, String part) {
        return new Problem(
                ProblemCode.INVALID_CONTRACT,
                "the date format '"
                        + pattern
                        + "' has '"
                        + part
                        + "', which cannot be read; use letters of the JDK such as yyyy-MM-dd"
                        + " HH:mm:ss, or strptime's such as %d/%m/%Y");
    }
}
