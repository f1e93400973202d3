package dev.sheaf.context.schema;

import java.util.Arrays;
import java.util.Optional;

/// The formats that are asserted; every other `format` is an annotation.
enum Format {
    /// RFC 3339, with `T` and a zone.
    DATE_TIME("date-time", "2026-01-15T14:30:00.000Z") {
        @Override
        boolean matches(String text) {
            return text.length() >= 20
                    && isDate(text, 10)
                    && (text.charAt(10) | 0x20) == 't'
                    && isTime(text, 11);
        }
    },
    /// RFC 3339 full-date.
    DATE("date", "2026-01-15") {
        @Override
        boolean matches(String text) {
            return text.length() == 10 && isDate(text, 10);
        }
    },
    /// The part of RFC 5321 that is in use: no quoted names, no address literals.
    EMAIL("email", "ada@example.org") {
        @Override
        boolean matches(String text) {
            int at = text.indexOf('@');
            return at > 0
                    && at <= 64
                    && isLocalPart(text.substring(0, at))
                    && isHost(text.substring(at + 1));
        }
    },
    /// RFC 9562, in either letter case.
    UUID("uuid", "0190a5e0-7b1c-7cc0-8a51-2f4d3c1e9b00") {
        @Override
        boolean matches(String text) {
            if (text.length() != 36) {
                return false;
            }
            for (int index = 0; index < 36; index++) {
                boolean hyphen = index == 8 || index == 13 || index == 18 || index == 23;
                char c = text.charAt(index);
                if (hyphen ? c != '-' : !isHex(c)) {
                    return false;
                }
            }
            return true;
        }
    },
    /// RFC 3986, absolute.
    URI("uri", "https://example.org/a") {
        @Override
        boolean matches(String text) {
            int colon = text.indexOf(':');
            return colon > 0 && isScheme(text.substring(0, colon)) && isUriText(text, colon + 1);
        }
    };

    private static final String URI_MARKS = "-._~:/?#[]@!$&'()*+,;=";
    private static final String LOCAL_MARKS = ".!#$%&'*+-/=?^_`{|}~";

    private final String written;
    private final String example;

    Format(String written, String example) {
        this.written = written;
        this.example = example;
    }

    abstract boolean matches(String text);

    String written() {
        return written;
    }

    String example() {
        return example;
    }

    static Optional<Format> named(String name) {
        return Arrays.stream(values()).filter(format -> format.written.equals(name)).findFirst();
    }

    private static int number(String text, int start, int end) {
        int value = 0;
        for (int index = start; index < end; index++) {
            char c = index < text.length() ? text.charAt(index) : ' ';
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static boolean isDate(String text, int end) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, end);
        return year >= 0
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= java.time.YearMonth.of(year, month).lengthOfMonth();
    }

    private static boolean isTime(String text, int start) {
        int hour = number(text, start, start + 2);
        int minute = number(text, start + 3, start + 5);
        int second = number(text, start + 6, start + 8);
        boolean clock =
                hour >= 0
                        && hour < 24
                        && minute >= 0
                        && minute < 60
                        && second >= 0
                        && second <= 60
                        && text.charAt(start + 2) == ':'
                        && text.charAt(start + 5) == ':';
        int zone = start + 8;
        if (clock && zone < text.length() && text.charAt(zone) == '.') {
            zone++;
            int digits = zone;
            while (number(text, zone, zone + 1) >= 0) {
                zone++;
            }
            clock = zone > digits;
        }
        return clock && isZone(text, zone, hour, minute, second);
    }

    private static boolean isZone(String text, int start, int hour, int minute, int second) {
        char sign = start < text.length() ? text.charAt(start) : ' ';
        boolean utc = (sign == 'Z' || sign == 'z') && start == text.length() - 1;
        int hours = utc ? 0 : number(text, start + 1, start + 3);
        int minutes = utc ? 0 : number(text, start + 4, start + 6);
        boolean offset =
                (sign == '+' || sign == '-')
                        && text.length() == start + 6
                        && text.charAt(start + 3) == ':'
                        && hours >= 0
                        && hours < 24
                        && minutes >= 0
                        && minutes < 60;
        if (!utc && !offset) {
            return false;
        }
        int away = (sign == '-' ? 1 : -1) * (hours * 60 + minutes);
        int minuteOfDay = Math.floorMod(hour * 60 + minute + away, 24 * 60);
        return second < 60 || minuteOfDay == 24 * 60 - 1;
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isLocalPart(String text) {
        boolean dots = text.startsWith(".") || text.endsWith(".") || text.contains("..");
        return !dots
                && text.chars()
                        .allMatch(c -> isAlphanumeric((char) c) || LOCAL_MARKS.indexOf(c) >= 0);
    }

    private static boolean isHost(String text) {
        if (text.isEmpty() || text.length() > 253) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            boolean fits =
                    !label.isEmpty()
                            && label.length() <= 63
                            && !label.startsWith("-")
                            && !label.endsWith("-")
                            && label.chars().allMatch(c -> isAlphanumeric((char) c) || c == '-');
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isScheme(String text) {
        char first = text.charAt(0);
        return isAlphanumeric(first)
                && !(first >= '0' && first <= '9')
                && text.chars().allMatch(c -> isAlphanumeric((char) c) || "+-.".indexOf(c) >= 0);
    }

    private static boolean isUriText(String text, int start) {
        for (int index = start; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c == '%') {
                boolean escaped =
                        index + 2 < text.length()
                                && isHex(text.charAt(index + 1))
                                && isHex(text.charAt(index + 2));
                if (!escaped) {
                    return false;
                }
                index += 2;
            } else if (!isAlphanumeric(c) && URI_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
