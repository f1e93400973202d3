package dev.sheaf.node.context;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as requests write them, and staleness as answers do.
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final String UNKNOWN = "unknown";
    private static final int SHOWN_CHARACTERS_MAX = 40;

    private Durations() {}

    /// @param what the parameter, for the message
    /// @throws Problem INVALID_VALUE when the text has another form
    static Duration parse(String what, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw invalid(what, text, "write a number and ms, s, m, h or d, as in 100ms or 2s");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    static Duration parse(String what, String text, Duration max) {
        Duration duration = parse(what, text);
        if (duration.compareTo(max) > 0) {
            throw invalid(what, text, "at most " + max.toSeconds() + "s are allowed");
        }
        return duration;
    }

    private static Problem invalid(String what, String text, String allowed) {
        String shown =
                text.length() > SHOWN_CHARACTERS_MAX
                        ? text.substring(0, SHOWN_CHARACTERS_MAX) + "…"
                        : text;
        return new Problem(ProblemCode.INVALID_VALUE, what + " is '" + shown + "'; " + allowed);
    }

    /// Whole milliseconds, rounded up so that it is never told too low; `unknown` beyond a hundred
    /// years, which stands for regions that were never heard of.
    static String millis(Duration staleness) {
        return isKnown(staleness) ? Long.toString(wholeMillis(staleness)) : UNKNOWN;
    }

    static boolean isKnown(Duration staleness) {
        return staleness.toDays() < 36_500;
    }

    static long wholeMillis(Duration staleness) {
        return staleness.plusNanos(999_999).toMillis();
    }
}
