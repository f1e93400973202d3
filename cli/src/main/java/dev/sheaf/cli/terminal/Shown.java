package dev.sheaf.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Values as people read them.
public final class Shown {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int MILLISECOND_LIMIT = 1000;
    private static final int TENTH_SECOND_LIMIT = 100;

    private Shown() {}

    /// In UTC to the second: `2026-11-20 14:07:05Z`.
    public static String instant(Instant instant) {
        return SECONDS.format(instant);
    }

    /// The two largest units: `3 d 4 h`, `12 min 5 s`, `4.2 s`, `420 ms`.
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.toMillis() < MILLISECOND_LIMIT) {
            return duration.toMillis() + " ms";
        }
        if (seconds < TENTH_SECOND_LIMIT) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /// With commas between thousands.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `count(1) row`, else `count(n) rows`.
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /// A share of one to a tenth of a percent, never rounded to 100 % when something is missing.
    public static String percent(double share) {
        double rounded = Math.round(share * 1000) / 10.0;
        if (rounded >= 100 && share < 1) {
            rounded = 99.9;
        }
        return String.format(Locale.ROOT, "%.1f %%", rounded);
    }

    /// A score of 0 to 1 to four places, never rounded up to one.
    public static String score(double score) {
        double floored = Math.floor(score * 10_000) / 10_000;
        return String.format(Locale.ROOT, "%.4f", floored);
    }
}
