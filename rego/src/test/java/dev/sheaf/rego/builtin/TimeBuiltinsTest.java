package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.Test;

/// [TimeBuiltins]; what is wanted was printed by Go.
class TimeBuiltinsTest {
    @Test
    void readsLayouts() {
        assertEquals(
                "1496455200000000000",
                text("time.parse_ns", "01/02 03:04:05PM '06 -0700", "06/02 07:00:00PM '17 -0700"));
        assertEquals(
                "1496455200000000000",
                text("time.parse_ns", "RFC1123Z", "Fri, 02 Jun 2017 19:00:00 -0700"));
        assertEquals("951782400000000000", text("time.parse_ns", "2006 002", "2000 060"));
        assertEquals(
                "1500000000123000000",
                text("time.parse_ns", "2006-01-02 15:04:05", "2017-07-14 02:40:00.123"));
        assertEquals(
                "-9223372036854775808",
                text("time.parse_rfc3339_ns", "1677-09-21T00:12:43.145224192-00:00"));
        assertEquals(
                "9223372036854775807",
                text("time.parse_rfc3339_ns", "2262-04-11T23:47:16.854775807-00:00"));
    }

    @Test
    void saysWhereATextLeavesItsLayout() {
        assertEquals(
                "eval_builtin_error: time.parse_rfc3339_ns: parsing time \"x\" as"
                        + " \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\"",
                fault("time.parse_rfc3339_ns", "x"));
        assertEquals(
                "eval_builtin_error: time.parse_ns: parsing time \"2023-02-29\": day out of range",
                fault("time.parse_ns", "2006-01-02", "2023-02-29"));
        assertEquals(
                "eval_builtin_error: time.parse_ns: parsing time \"2023-13-01\": month out of"
                        + " range",
                fault("time.parse_ns", "2006-01-02", "2023-13-01"));
        assertEquals(
                "eval_builtin_error: time.parse_ns: parsing time \"2023-01-01 x\": extra text: \""
                        + " x\"",
                fault("time.parse_ns", "2006-01-02", "2023-01-01 x"));
        assertEquals(
                "eval_builtin_error: time.parse_rfc3339_ns: time outside of valid range",
                fault("time.parse_rfc3339_ns", "2262-04-11T23:47:16.854775808-00:00"));
    }

    @Test
    void writesLayouts() {
        assertEquals(
                "\"2017-07-14T02:40:00.123456789Z\"", text("time.format", BuiltinCalls.NOW_NANOS));
        assertEquals(
                "\"Thu, 13 Jul 2017 22:40:00 EDT\"",
                text(
                        "time.format",
                        json("[1500000000123456789, \"America/New_York\", \"RFC1123\"]")));
        assertEquals(
                "\"2017-07-14T08:10:00.123456789+05:30\"",
                text("time.format", json("[1500000000123456789, \"Asia/Kolkata\"]")));
        assertEquals(
                "\"06:40 +04 195 .123\"",
                text(
                        "time.format",
                        json("[1500000000123456789, \"Asia/Dubai\", \"15:04 MST __2 .000\"]")));
    }

    @Test
    void takesTimesApart() {
        assertEquals("[2018, 2, 5]", text("time.date", json("[1517832000000000000, \"\"]")));
        assertEquals(
                "[7, 0, 0]",
                text("time.clock", json("[1517832000000000000, \"America/New_York\"]")));
        assertEquals("\"Monday\"", text("time.weekday", 1517832000000000000L));
        assertEquals("[1969, 12, 31]", text("time.date", -1));
        assertEquals(
                "eval_builtin_error: time.date: timestamp too big",
                fault("time.date", json("1e19")));
        assertEquals(
                "eval_builtin_error: time.date: unknown time zone Mars/Olympus",
                fault("time.date", json("[1, \"Mars/Olympus\"]")));
        assertEquals(
                "eval_type_error: time.date: operand 1 must be either number (ns) or [number (ns),"
                        + " string (tz)] but got string",
                fault("time.date", "x"));
    }

    @Test
    void addsDatesAsCalendarsDo() {
        assertEquals("1705257221593912000", text("time.add_date", 1585852421593912000L, 3, 9, 12));
        assertEquals(
                "1551465221593912000", text("time.add_date", 1585852421593912000L, -1, -1, -1));
        assertEquals("5097600000000000", text("time.add_date", 2592000000000000L, 0, 1, -2));
        assertEquals(
                "eval_builtin_error: time.add_date: time outside of valid range",
                fault("time.add_date", 0, Long.MAX_VALUE, 0, 0));
        assertEquals(
                "eval_builtin_error: time.add_date: time outside of valid range",
                fault("time.add_date", 0, 0, 0, Long.MAX_VALUE));
    }

    @Test
    void keepsTheTimeOnTheWallWhenClocksAreSet() {
        assertEquals(
                "[2, 30, 0]",
                text(
                        "time.clock",
                        ArrayValue.of(
                                call(
                                        "time.add_date",
                                        json("[1521509400000000000, \"Europe/Berlin\"]"),
                                        0,
                                        0,
                                        7),
                                StringValue.of("Europe/Berlin"))));
    }

    @Test
    void tellsTheDifference() {
        assertEquals("[1, 0, 0, 0, 0, 0]", text("time.diff", 0, 31536000000000000L));
        assertEquals("[0, 0, 0, 0, 0, 1]", text("time.diff", 0, -1));
        assertEquals(
                "[0, 1, 0, 0, 0, 0]", text("time.diff", json("[2678400000000000, \"UTC\"]"), 0));
    }

    @Test
    void readsDurations() {
        assertEquals("100000000", text("time.parse_duration_ns", "100ms"));
        assertEquals("-5400000000000", text("time.parse_duration_ns", "-1h30m"));
        assertEquals("1500", text("time.parse_duration_ns", "1.5µs"));
        assertEquals("0", text("time.parse_duration_ns", "0"));
        assertEquals(
                "eval_builtin_error: time.parse_duration_ns: time: missing unit in duration \"10\"",
                fault("time.parse_duration_ns", "10"));
        assertEquals(
                "eval_builtin_error: time.parse_duration_ns: time: unknown unit \"x\" in duration"
                        + " \"1x\"",
                fault("time.parse_duration_ns", "1x"));
        assertEquals(
                "eval_builtin_error: time.parse_duration_ns: time: invalid duration"
                        + " \"9999999999h\"",
                fault("time.parse_duration_ns", "9999999999h"));
    }

    @Test
    void hasOneNowInAnEvaluation() {
        assertEquals("1500000000123456789", text("time.now_ns"));
    }
}
