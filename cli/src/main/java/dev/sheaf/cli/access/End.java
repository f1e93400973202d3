package dev.sheaf.cli.access;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The end of a grant as people write it.
final class End {
    private static final Pattern FROM_NOW = Pattern.compile("(\\d{1,6})([hd])");

    private End() {}

    /// @param text a date, of which the whole day is meant (in UTC), an instant, or a time from now
    ///   on such as `8h` or `30d`
    /// @throws Problem INVALID_VALUE
    static Instant parse(String text, Instant now) {
        Matcher fromNow = FROM_NOW.matcher(text);
        if (fromNow.matches()) {
            long number = Long.parseLong(fromNow.group(1));
            return now.plus(
                    fromNow.group(2).equals("h")
                            ? Duration.ofHours(number)
                            : Duration.ofDays(number));
        }
        try {
            return text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "--until '"
                            + text
                            + "' is no end: write a date as in 2026-12-31, an instant as in"
                            + " 2026-12-31T18:00:00Z, or a time from now on as in 8h or 30d",
                    e);
        }
    }
}
