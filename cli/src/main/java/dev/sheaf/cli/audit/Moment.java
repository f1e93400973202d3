package dev.sheaf.cli.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time in the past as people write it.
final class Moment {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");

    private Moment() {}

    /// @param text a date, of which its beginning is meant (in UTC), an instant, or how long ago as
    ///   in `90m`, `24h` or `7d`
    /// @throws Problem INVALID_VALUE
    static Instant parse(String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        try {
            if (ago.matches()) {
                long number = Long.parseLong(ago.group(1));
                return now.minus(
                        switch (ago.group(2)) {
                            case "m" -> Duration.ofMinutes(number);
                            case "h" -> Duration.ofHours(number);
                            default -> Duration.ofDays(number);
                        });
            }
            return text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'"
                            + text
                            + "' is no time: write a date as in 2026-11-26, an instant as in"
                            + " 2026-11-26T18:00:00Z, or how long ago as in 90m, 24h or 7d",
                    e);
        }
    }
}
