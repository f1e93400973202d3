package dev.sheaf.rego.builtin;

import java.time.OffsetDateTime;

/// Writes times in a [GoLayout].
final class GoTimeFormat {
    private GoTimeFormat() {}

    /// @param abbreviation of the zone
    static String format(OffsetDateTime time, String abbreviation, GoLayout layout) {
        StringBuilder out = new StringBuilder();
        for (GoLayout.Element element : layout.elements()) {
            append(out, element, time, abbreviation);
        }
        return out.toString();
    }

    private static void append(
            StringBuilder out, GoLayout.Element element, OffsetDateTime time, String zone) {
        switch (element.kind()) {
            case LITERAL -> out.append(element.text());
            case LONG_YEAR -> padded(out, time.getYear(), 4, '0');
            case YEAR -> padded(out, Math.floorMod(time.getYear(), 100), 2, '0');
            case LONG_MONTH -> out.append(GoTimeParsing.MONTHS.get(time.getMonthValue() - 1));
            case MONTH -> out.append(GoTimeParsing.MONTHS.get(time.getMonthValue() - 1), 0, 3);
            case NUMBER_MONTH -> out.append(time.getMonthValue());
            case ZERO_MONTH -> padded(out, time.getMonthValue(), 2, '0');
            case LONG_WEEKDAY -> out.append(weekday(time));
            case WEEKDAY -> out.append(weekday(time), 0, 3);
            case DAY -> out.append(time.getDayOfMonth());
            case SPACE_DAY -> padded(out, time.getDayOfMonth(), 2, ' ');
            case ZERO_DAY -> padded(out, time.getDayOfMonth(), 2, '0');
            case SPACE_YEAR_DAY -> padded(out, time.getDayOfYear(), 3, ' ');
            case ZERO_YEAR_DAY -> padded(out, time.getDayOfYear(), 3, '0');
            case HOUR -> padded(out, time.getHour(), 2, '0');
            case HOUR_12 -> out.append(hourOfHalf(time));
            case ZERO_HOUR_12 -> padded(out, hourOfHalf(time), 2, '0');
            case MINUTE -> out.append(time.getMinute());
            case ZERO_MINUTE -> padded(out, time.getMinute(), 2, '0');
            case SECOND -> out.append(time.getSecond());
            case ZERO_SECOND -> padded(out, time.getSecond(), 2, '0');
            case UPPER_HALF -> out.append(time.getHour() >= 12 ? "PM" : "AM");
            case LOWER_HALF -> out.append(time.getHour() >= 12 ? "pm" : "am");
            case ZONE -> out.append(zone);
            case OFFSET -> offset(out, element, time.getOffset().getTotalSeconds());
            case FRACTION, TRIMMED_FRACTION -> fraction(out, element, time.getNano());
        }
    }

    static String weekday(OffsetDateTime time) {
        return GoTimeParsing.WEEKDAYS.get(time.getDayOfWeek().getValue() % 7);
    }

    private static int hourOfHalf(OffsetDateTime time) {
        return time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    }

    private static void padded(StringBuilder out, int number, int width, char filler) {
        String digits = Integer.toString(number);
        out.repeat(filler, Math.max(0, width - digits.length())).append(digits);
    }

    private static void offset(StringBuilder out, GoLayout.Element element, int seconds) {
        if (element.isZulu() && seconds == 0) {
            out.append('Z');
            return;
        }
        int magnitude = Math.abs(seconds);
        // Go cuts the seconds off before it looks at the sign.
        out.append(seconds / 60 < 0 ? '-' : '+');
        int[] parts = {magnitude / 3600, magnitude / 60 % 60, magnitude % 60};
        for (int i = 0; i < element.parts(); i++) {
            if (i > 0 && element.hasColons()) {
                out.append(':');
            }
            padded(out, parts[i], 2, '0');
        }
    }

    private static void fraction(StringBuilder out, GoLayout.Element element, int nanos) {
        int length = Math.min(9, element.text().length() - 1);
        StringBuilder digits = new StringBuilder();
        padded(digits, nanos, 9, '0');
        digits.setLength(length);
        boolean isTrimmed = element.kind() == GoLayout.Kind.TRIMMED_FRACTION;
        while (isTrimmed && !digits.isEmpty() && digits.charAt(digits.length() - 1) == '0') {
            digits.setLength(digits.length() - 1);
        }
        if (!isTrimmed || !digits.isEmpty()) {
            out.append(element.text().charAt(0)).append(digits);
        }
    }
}
