package dev.sheaf.rego.builtin;

import dev.sheaf.rego.builtin.GoLayout.Element;
import dev.sheaf.rego.builtin.GoLayout.Kind;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/// Reads a time in a [GoLayout]. What the layout does not hold is the start of the year 0, UTC.
/// Used for one text.
///
/// Source: the behaviour of Go's `time.Parse` where the local zone is UTC, its error texts
/// included.
final class GoTimeParsing {
    static final List<String> MONTHS =
            List.of(
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December");

    static final List<String> WEEKDAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    /// More digits of a fraction are not looked at.
    private static final int FRACTION_DIGITS_MAX = 9;

    private final GoLayout layout;
    private final String text;

    /// What is left to read.
    private String rest;

    private int year;
    private int month = -1;
    private int day = -1;
    private int yearDay = -1;
    private int hour;
    private int minute;
    private int second;
    private int nanos;
    private int offsetSeconds;

    /// 1 for the second half of the day, 0 for the first, -1 when there is none.
    private int half = -1;

    private GoTimeParsing(GoLayout layout, String text) {
        this.layout = layout;
        this.text = text;
        this.rest = text;
    }

    /// @throws BuiltinFault when the text is not laid out so, or no such time exists
    static Instant parse(GoLayout layout, String text) {
        return new GoTimeParsing(layout, text).run();
    }

    /// The text does not go on as the layout does.
    private static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mismatch() {
            super(null, null, false, false);
        }
    }

    private Instant run() {
        List<Element> elements = layout.elements();
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            boolean isFractionNext =
                    i + 1 < elements.size()
                            && (elements.get(i + 1).kind() == Kind.FRACTION
                                    || elements.get(i + 1).kind() == Kind.TRIMMED_FRACTION);
            String before = rest;
            try {
                read(element, isFractionNext);
            } catch (Mismatch mismatch) {
                String shown = element.kind() == Kind.LITERAL ? rest : before;
                throw BuiltinFault.of(
                        "parsing time %s as %s: cannot parse %s as %s",
                        quoted(text), quoted(layout.text()), quoted(shown), quoted(element.text()));
            }
        }
        if (!rest.isEmpty()) {
            throw wrong(": extra text: " + quoted(rest));
        }
        return instant();
    }

    private BuiltinFault wrong(String what) {
        return BuiltinFault.of("parsing time %s%s", quoted(text), what);
    }

    private BuiltinFault outOfRange(String what) {
        return wrong(": " + what + " out of range");
    }

    /// As Go's package `time` quotes: everything but ASCII byte by byte.
    static String quoted(String text) {
        StringBuilder out = new StringBuilder().append('"');
        for (byte b : Utf8.bytes(text)) {
            if (b < 0x20 || b == 0x7f) {
                out.append("\\x%02x".formatted(b));
            } else {
                out.append(b == '"' || b == '\\' ? "\\" : "").append((char) b);
            }
        }
        return out.append('"').toString();
    }

    private void read(Element element, boolean isFractionNext) {
        switch (element.kind()) {
            case LITERAL -> literal(element.text());
            case LONG_YEAR -> {
                require(rest.length() >= 4 && digitAt(0));
                year = signed(take(4));
            }
            case YEAR -> {
                require(rest.length() >= 2);
                int ofCentury = signed(take(2));
                year = ofCentury + (ofCentury >= 69 ? 1900 : 2000);
            }
            case LONG_MONTH -> month = name(MONTHS, 0) + 1;
            case MONTH -> month = name(MONTHS, 3) + 1;
            case NUMBER_MONTH, ZERO_MONTH -> {
                month = number(element.kind() == Kind.ZERO_MONTH);
                check(month >= 1 && month <= 12, "month");
            }
            case LONG_WEEKDAY -> name(WEEKDAYS, 0);
            case WEEKDAY -> name(WEEKDAYS, 3);
            case DAY -> day = number(false);
            case SPACE_DAY -> {
                skipSpaces(1);
                day = number(false);
            }
            case ZERO_DAY -> day = number(true);
            case SPACE_YEAR_DAY -> {
                skipSpaces(2);
                yearDay = threeDigits(false);
            }
            case ZERO_YEAR_DAY -> yearDay = threeDigits(true);
            case HOUR -> {
                hour = number(false);
                check(hour < 24, "hour");
            }
            case HOUR_12, ZERO_HOUR_12 -> {
                hour = number(element.kind() == Kind.ZERO_HOUR_12);
                check(hour <= 12, "hour");
            }
            case MINUTE, ZERO_MINUTE -> {
                minute = number(element.kind() == Kind.ZERO_MINUTE);
                check(minute < 60, "minute");
            }
            case SECOND, ZERO_SECOND -> {
                second = number(element.kind() == Kind.ZERO_SECOND);
                check(second < 60, "second");
                if (!isFractionNext) {
                    optionalFraction();
                }
            }
            case UPPER_HALF -> half = half("AM", "PM");
            case LOWER_HALF -> half = half("am", "pm");
            case ZONE -> zone();
            case OFFSET -> offset(element);
            case FRACTION -> {
                require(rest.length() >= element.text().length());
                fraction(element.text().length());
            }
            case TRIMMED_FRACTION -> optionalFraction();
        }
    }

    private static void require(boolean isSo) {
        if (!isSo) {
            throw new Mismatch();
        }
    }

    private void check(boolean isInRange, String what) {
        if (!isInRange) {
            throw outOfRange(what);
        }
    }

    private boolean digitAt(int index) {
        return index < rest.length() && GoLayout.isDigit(rest.charAt(index));
    }

    private String take(int length) {
        String taken = rest.substring(0, length);
        rest = rest.substring(length);
        return taken;
    }

    /// Spaces in the layout stand for any number of spaces, but for one or more before a text.
    private void literal(String literal) {
        String literalRest = literal;
        while (!literalRest.isEmpty()) {
            if (literalRest.charAt(0) == ' ') {
                require(rest.isEmpty() || rest.charAt(0) == ' ');
                literalRest = literalRest.replaceFirst("^ +", "");
                rest = rest.replaceFirst("^ +", "");
            } else {
                require(!rest.isEmpty() && rest.charAt(0) == literalRest.charAt(0));
                literalRest = literalRest.substring(1);
                rest = rest.substring(1);
            }
        }
    }

    private static int signed(String digits) {
        boolean hasSign = digits.startsWith("-") || digits.startsWith("+");
        String magnitude = hasSign ? digits.substring(1) : digits;
        require(!magnitude.isEmpty() && magnitude.chars().allMatch(c -> c >= '0' && c <= '9'));
        int value = Integer.parseInt(magnitude);
        return digits.startsWith("-") ? -value : value;
    }

    /// One or two digits.
    private int number(boolean isFixed) {
        require(digitAt(0) && (!isFixed || digitAt(1)));
        return Integer.parseInt(take(digitAt(1) ? 2 : 1));
    }

    private int threeDigits(boolean isFixed) {
        int count = 0;
        while (count < 3 && digitAt(count)) {
            count++;
        }
        require(count > 0 && (!isFixed || count == 3));
        return Integer.parseInt(take(count));
    }

    private void skipSpaces(int count) {
        for (int i = 0; i < count && rest.startsWith(" "); i++) {
            rest = rest.substring(1);
        }
    }

    /// @param length of the names; 0 for all of them
    private int name(List<String> names, int length) {
        for (int i = 0; i < names.size(); i++) {
            String name = length == 0 ? names.get(i) : names.get(i).substring(0, length);
            if (rest.regionMatches(true, 0, name, 0, name.length())) {
                rest = rest.substring(name.length());
                return i;
            }
        }
        throw new Mismatch();
    }

    private int half(String first, String second) {
        require(rest.startsWith(first) || rest.startsWith(second));
        return take(2).equals(second) ? 1 : half == 1 ? 1 : 0;
    }

    private void optionalFraction() {
        boolean isThere =
                rest.length() >= 2
                        && (rest.charAt(0) == '.' || rest.charAt(0) == ',')
                        && digitAt(1);
        if (isThere) {
            int length = 2;
            while (digitAt(length)) {
                length++;
            }
            fraction(length);
        }
    }

    private void fraction(int length) {
        require(rest.charAt(0) == '.' || rest.charAt(0) == ',');
        String digits = take(length).substring(1);
        String kept = digits.substring(0, Math.min(FRACTION_DIGITS_MAX, digits.length()));
        int value = signed(kept);
        check(value >= 0, "fractional second");
        nanos = value;
        for (int i = kept.length(); i < FRACTION_DIGITS_MAX; i++) {
            nanos *= 10;
        }
    }

    private void offset(Element element) {
        if (element.isZulu() && rest.startsWith("Z")) {
            rest = rest.substring(1);
            offsetSeconds = 0;
            return;
        }
        require(rest.length() >= element.text().length());
        String written = take(element.text().length());
        int[] parts = new int[3];
        int at = 1;
        for (int i = 0; i < element.parts(); i++) {
            if (i > 0 && element.hasColons()) {
                require(written.charAt(at) == ':');
                at++;
            }
            String digits = written.substring(at, at + 2);
            require(GoLayout.isDigit(digits.charAt(0)) && GoLayout.isDigit(digits.charAt(1)));
            parts[i] = Integer.parseInt(digits);
            at += 2;
        }
        check(parts[0] <= 24, "time zone offset hour");
        check(parts[1] <= 60, "time zone offset minute");
        check(parts[2] <= 60, "time zone offset second");
        require(written.charAt(0) == '+' || written.charAt(0) == '-');
        int seconds = (parts[0] * 60 + parts[1]) * 60 + parts[2];
        offsetSeconds = written.charAt(0) == '-' ? -seconds : seconds;
    }

    /// Abbreviations mean nothing where they are not known: the time counts as UTC.
    private void zone() {
        int length = ZoneText.length(rest);
        require(length > 0);
        rest = rest.substring(length);
    }

    private Instant instant() {
        if (half == 1 && hour < 12) {
            hour += 12;
        } else if (half == 0 && hour == 12) {
            hour = 0;
        }
        LocalDate date = yearDay >= 0 ? dateOfYearDay() : date();
        return LocalDateTime.of(date, LocalTime.of(hour, minute, second, nanos))
                .toInstant(ZoneOffset.UTC)
                .minusSeconds(offsetSeconds);
    }

    private LocalDate date() {
        int ofMonth = day < 0 ? 1 : day;
        YearMonth whole = YearMonth.of(year, month < 0 ? 1 : month);
        check(ofMonth >= 1 && ofMonth <= whole.lengthOfMonth(), "day");
        return whole.atDay(ofMonth);
    }

    private LocalDate dateOfYearDay() {
        check(yearDay >= 1 && yearDay <= Year.of(year).length(), "day-of-year");
        LocalDate date = LocalDate.ofYearDay(year, yearDay);
        if (month >= 0 && month != date.getMonthValue()) {
            throw wrong(": day-of-year does not match month");
        }
        if (day >= 0 && day != date.getDayOfMonth()) {
            throw wrong(": day-of-year does not match day");
        }
        return date;
    }
}
