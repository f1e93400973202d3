package dev.sheaf.context.codec;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/// RFC 3339 timestamps as milliseconds since 1970; the usual form with `Z` without allocating.
final class Timestamps {
    private static final int SECONDS_END = 19;
    private static final long DAY_MILLIS = 86_400_000L;

    private Timestamps() {}

    /// @throws Problem INVALID_VALUE when the text has another form
    static long parse(String text) {
        if (isPlain(text)) {
            int month = number(text, 5, 7);
            int day = number(text, 8, 10);
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, 19);
            if (month >= 1
                    && month <= 12
                    && day >= 1
                    && day <= 28
                    && hour < 24
                    && minute < 60
                    && second < 60) {
                long days = LocalDate.of(number(text, 0, 4), month, day).toEpochDay();
                return days * DAY_MILLIS
                        + hour * 3_600_000L
                        + minute * 60_000L
                        + second * 1_000L
                        + fraction(text);
            }
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "timestamp '"
                            + EventJsonReader.shown(text)
                            + "' is not RFC 3339: write 2026-01-15T14:30:00.000Z",
                    e);
        }
    }

    /// `yyyy-mm-ddThh:mm:ss[.f…]Z`, with digits where digits belong.
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length <= SECONDS_END || length > 30 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char c = text.charAt(i);
            boolean fits =
                    switch (i) {
                        case 4, 7 -> c == '-';
                        case 10 -> c == 'T';
                        case 13, 16 -> c == ':';
                        case SECONDS_END -> c == '.' && length > SECONDS_END + 2;
                        default -> c >= '0' && c <= '9';
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static int fraction(String text) {
        int millis = 0;
        int unit = 100;
        for (int i = SECONDS_END + 1; i < text.length() - 1 && unit > 0; i++, unit /= 10) {
            millis += unit * (text.charAt(i) - '0');
        }
        return millis;
    }
}
