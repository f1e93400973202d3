package dev.sheaf.rego.builtin;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A layout of times as Go has them: an example of how Monday, January 2, 2006, 15:04:05, seven
/// hours west of Greenwich, would be written.
///
/// Source: the documentation of Go's package `time`.
record GoLayout(String text, List<Element> elements) {
    /// The layouts that have names.
    private static final Map<String, String> NAMED =
            Map.of(
                    "ANSIC", "Mon Jan _2 15:04:05 2006",
                    "UnixDate", "Mon Jan _2 15:04:05 MST 2006",
                    "RubyDate", "Mon Jan 02 15:04:05 -0700 2006",
                    "RFC822", "02 Jan 06 15:04 MST",
                    "RFC822Z", "02 Jan 06 15:04 -0700",
                    "RFC850", "Monday, 02-Jan-06 15:04:05 MST",
                    "RFC1123", "Mon, 02 Jan 2006 15:04:05 MST",
                    "RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700",
                    "RFC3339", "2006-01-02T15:04:05Z07:00",
                    "RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00");

    /// What an element stands for.
    enum Kind {
        LITERAL,
        LONG_YEAR,
        YEAR,
        LONG_MONTH,
        MONTH,
        NUMBER_MONTH,
        ZERO_MONTH,
        LONG_WEEKDAY,
        WEEKDAY,
        DAY,
        SPACE_DAY,
        ZERO_DAY,
        SPACE_YEAR_DAY,
        ZERO_YEAR_DAY,
        HOUR,
        HOUR_12,
        ZERO_HOUR_12,
        MINUTE,
        ZERO_MINUTE,
        SECOND,
        ZERO_SECOND,
        UPPER_HALF,
        LOWER_HALF,
        ZONE,
        OFFSET,
        FRACTION,
        TRIMMED_FRACTION
    }

    /// @param text as it stands in the layout
    record Element(Kind kind, String text) {
        /// For offsets: whether UTC is written as `Z`.
        boolean isZulu() {
            return text.startsWith("Z");
        }

        /// For offsets.
        boolean hasColons() {
            return text.indexOf(':') >= 0;
        }

        /// For offsets: how many of hours, minutes and seconds there are.
        int parts() {
            return text.replace(":", "").length() / 2;
        }
    }

    private record Rule(String start, Kind kind) {}

    /// Tried in this order at each place.
    private static final List<Rule> RULES =
            List.of(
                    new Rule("January", Kind.LONG_MONTH),
                    new Rule("Jan", Kind.MONTH),
                    new Rule("Monday", Kind.LONG_WEEKDAY),
                    new Rule("Mon", Kind.WEEKDAY),
                    new Rule("MST", Kind.ZONE),
                    new Rule("01", Kind.ZERO_MONTH),
                    new Rule("02", Kind.ZERO_DAY),
                    new Rule("03", Kind.ZERO_HOUR_12),
                    new Rule("04", Kind.ZERO_MINUTE),
                    new Rule("05", Kind.ZERO_SECOND),
                    new Rule("06", Kind.YEAR),
                    new Rule("002", Kind.ZERO_YEAR_DAY),
                    new Rule("15", Kind.HOUR),
                    new Rule("1", Kind.NUMBER_MONTH),
                    new Rule("2006", Kind.LONG_YEAR),
                    new Rule("2", Kind.DAY),
                    new Rule("_2006", Kind.LITERAL),
                    new Rule("_2", Kind.SPACE_DAY),
                    new Rule("__2", Kind.SPACE_YEAR_DAY),
                    new Rule("3", Kind.HOUR_12),
                    new Rule("4", Kind.MINUTE),
                    new Rule("5", Kind.SECOND),
                    new Rule("PM", Kind.UPPER_HALF),
                    new Rule("pm", Kind.LOWER_HALF),
                    new Rule("-070000", Kind.OFFSET),
                    new Rule("-07:00:00", Kind.OFFSET),
                    new Rule("-0700", Kind.OFFSET),
                    new Rule("-07:00", Kind.OFFSET),
                    new Rule("-07", Kind.OFFSET),
                    new Rule("Z070000", Kind.OFFSET),
                    new Rule("Z07:00:00", Kind.OFFSET),
                    new Rule("Z0700", Kind.OFFSET),
                    new Rule("Z07:00", Kind.OFFSET),
                    new Rule("Z07", Kind.OFFSET));

    static final GoLayout RFC_3339 = named("RFC3339");
    static final GoLayout RFC_3339_NANO = named("RFC3339Nano");

    private static GoLayout named(String name) {
        return parse(String.valueOf(NAMED.get(name)));
    }

    /// A name of a layout, or a layout.
    static GoLayout of(String nameOrLayout) {
        return parse(NAMED.getOrDefault(nameOrLayout, nameOrLayout));
    }

    private static GoLayout parse(String layout) {
        List<Element> elements = new ArrayList<>();
        int literalStart = 0;
        int at = 0;
        while (at < layout.length()) {
            Element element = at(layout, at);
            if (element == null) {
                at++;
            } else {
                if (at > literalStart) {
                    elements.add(new Element(Kind.LITERAL, layout.substring(literalStart, at)));
                }
                elements.add(element);
                at += element.text.length();
                literalStart = at;
            }
        }
        if (at > literalStart) {
            elements.add(new Element(Kind.LITERAL, layout.substring(literalStart)));
        }
        return new GoLayout(layout, elements);
    }

    private static @Nullable Element at(String layout, int at) {
        char first = layout.charAt(at);
        if (first == '.' || first == ',') {
            return fraction(layout, at);
        }
        for (Rule rule : RULES) {
            if (layout.startsWith(rule.start, at)) {
                return rule.kind == Kind.LITERAL
                        ? new Element(Kind.LITERAL, "_")
                        : isWord(rule, layout, at) ? new Element(rule.kind, rule.start) : null;
            }
        }
        return null;
    }

    /// Short names must not go on in lower case: `Month` holds no `Mon`.
    private static boolean isWord(Rule rule, String layout, int at) {
        int end = at + rule.start.length();
        boolean isShort = rule.kind == Kind.MONTH || rule.kind == Kind.WEEKDAY;
        return !isShort
                || end >= layout.length()
                || layout.charAt(end) < 'a'
                || layout.charAt(end) > 'z';
    }

    private static @Nullable Element fraction(String layout, int at) {
        int end = at + 1;
        char digit = end < layout.length() ? layout.charAt(end) : ' ';
        if (digit != '0' && digit != '9') {
            return null;
        }
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        boolean goesOn = end < layout.length() && isDigit(layout.charAt(end));
        return goesOn
                ? null
                : new Element(
                        digit == '0' ? Kind.FRACTION : Kind.TRIMMED_FRACTION,
                        layout.substring(at, end));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
