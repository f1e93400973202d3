package dev.sheaf.governance.mask;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Makes dates coarser. A coarser date is the first day of its period, so that it stays a date and
/// sorts as before.
public enum DateMask {
    DAY,
    MONTH,
    QUARTER,
    YEAR;

    private static final int MONTHS_PER_QUARTER = 3;

    /// The first day of the period.
    public LocalDate mask(LocalDate date) {
        return switch (this) {
            case DAY -> date;
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(date.getYear(), firstMonth(date), 1);
            case YEAR -> LocalDate.of(date.getYear(), 1, 1);
        };
    }

    /// The first midnight of the period.
    public LocalDateTime mask(LocalDateTime time) {
        return mask(time.toLocalDate()).atStartOfDay().truncatedTo(ChronoUnit.DAYS);
    }

    /// As a text: `2026-11-26`, `2026-11`, `2026-Q4`, `2026`. Years have at least four digits.
    public String label(LocalDate date) {
        String year =
                String.format(Locale.ROOT, date.getYear() < 0 ? "%05d" : "%04d", date.getYear());
        String month = String.format(Locale.ROOT, "%s-%02d", year, date.getMonthValue());
        return switch (this) {
            case DAY -> String.format(Locale.ROOT, "%s-%02d", month, date.getDayOfMonth());
            case MONTH -> month;
            case QUARTER -> year + "-Q" + (firstMonth(date) / MONTHS_PER_QUARTER + 1);
            case YEAR -> year;
        };
    }

    private static int firstMonth(LocalDate date) {
        return (date.getMonthValue() - 1) / MONTHS_PER_QUARTER * MONTHS_PER_QUARTER + 1;
    }
}
