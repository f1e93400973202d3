package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/// Times as nanoseconds since 1970 that fit into 64 bits: from September 1677 to April 2262.
final class TimeBuiltins {
    private static final String MOMENT = "number|array";
    private static final String MOMENT_EXPECTED =
            "either number (ns) or [number (ns), string (tz)]";

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private TimeBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "time.now_ns",
                        "-> number",
                        Capability.CLOCK,
                        (a, world) -> NumberValue.of(world.nowNanos())),
                Builtin.of(
                        "time.parse_ns",
                        "string, string -> number",
                        (a, world) ->
                                nanos(
                                        GoTimeParsing.parse(
                                                GoLayout.of(Operands.text(a, 0)),
                                                Operands.text(a, 1)))),
                Builtin.of(
                        "time.parse_rfc3339_ns",
                        "string -> number",
                        (a, world) ->
                                nanos(GoTimeParsing.parse(GoLayout.RFC_3339, Operands.text(a, 0)))),
                Builtin.of(
                        "time.parse_duration_ns",
                        "string -> number",
                        (a, world) -> NumberValue.of(GoDuration.parse(Operands.text(a, 0)))),
                ofMoment("time.date", "array", (moment, a) -> date(moment.local)),
                ofMoment("time.clock", "array", (moment, a) -> clock(moment.local)),
                ofMoment(
                        "time.weekday",
                        "string",
                        (moment, a) -> StringValue.of(GoTimeFormat.weekday(moment.local))),
                ofMoment("time.format", "string", (moment, a) -> StringValue.of(moment.format())),
                withExpected(
                        Builtin.of(
                                "time.add_date",
                                MOMENT + ", number, number, number -> number",
                                (a, world) -> nanos(added(Moment.of(a[0]), a)))),
                withExpected(
                        Builtin.of(
                                "time.diff",
                                MOMENT + ", " + MOMENT + " -> array",
                                (a, world) -> difference(Moment.of(a[0]), Moment.of(a[1])))));
    }

    private interface OnMoment {
        Value apply(Moment moment, Value[] arguments);
    }

    private static Builtin ofMoment(String name, String result, OnMoment function) {
        return withExpected(
                Builtin.of(
                        name,
                        MOMENT + " -> " + result,
                        (a, world) -> function.apply(Moment.of(a[0]), a)));
    }

    /// Errors call a moment what OPA calls it.
    private static Builtin withExpected(Builtin plain) {
        List<String> expected =
                plain.arguments().stream()
                        .map(type -> type.equals(Types.parse(MOMENT)) ? MOMENT_EXPECTED : "number")
                        .toList();
        return new Builtin(
                plain.name(),
                plain.arguments(),
                expected,
                plain.result(),
                plain.isRelation(),
                plain.capability(),
                plain.function());
    }

    private static Value nanos(Instant instant) {
        BigInteger nanos =
                BigInteger.valueOf(instant.getEpochSecond())
                        .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
                        .add(BigInteger.valueOf(instant.getNano()));
        if (nanos.bitLength() >= Long.SIZE) {
            throw outside();
        }
        return NumberValue.of(nanos.longValueExact());
    }

    private static BuiltinFault outside() {
        return BuiltinFault.of("time outside of valid range");
    }

    /// A time in a zone, with a layout when one was given.
    private record Moment(OffsetDateTime local, ZoneId zone, @Nullable String layout) {
        static Moment of(Value value) {
            if (!(value instanceof ArrayValue parts)) {
                return of(value, TimeZones.find(""), null);
            }
            if (parts.size() == 0) {
                throw Operands.wrongType(1, MOMENT_EXPECTED, value);
            }
            Operands.number(parts.get(0), 1);
            ZoneId zone = TimeZones.find(parts.size() > 1 ? Operands.text(parts.get(1), 1) : "");
            String layout = parts.size() > 2 ? Operands.text(parts.get(2), 1) : "";
            return of(parts.get(0), zone, layout.isEmpty() ? null : layout);
        }

        private static Moment of(Value value, ZoneId zone, @Nullable String layout) {
            NumberValue nanos = Operands.number(value, 1);
            if (!nanos.isLong()) {
                throw BuiltinFault.of("timestamp too big");
            }
            long all = nanos.longValue();
            Instant instant =
                    Instant.ofEpochSecond(
                            Math.floorDiv(all, NANOS_PER_SECOND),
                            Math.floorMod(all, NANOS_PER_SECOND));
            return new Moment(instant.atZone(zone).toOffsetDateTime(), zone, layout);
        }

        String format() {
            return GoTimeFormat.format(
                    local,
                    TimeZones.abbreviation(zone, local.getOffset()),
                    layout == null ? GoLayout.RFC_3339_NANO : GoLayout.of(layout));
        }
    }

    private static Value date(OffsetDateTime time) {
        return numbers(time.getYear(), time.getMonthValue(), time.getDayOfMonth());
    }

    private static Value clock(OffsetDateTime time) {
        return numbers(time.getHour(), time.getMinute(), time.getSecond());
    }

    private static ArrayValue numbers(int... numbers) {
        Value[] values = new Value[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            values[i] = NumberValue.of(numbers[i]);
        }
        return ArrayValue.of(values);
    }

    /// Years and months first; a day that the month does not have becomes one of the next month.
    private static Instant added(Moment moment, Value[] arguments) {
        long years = Operands.integer(arguments, 1);
        long months = Operands.integer(arguments, 2);
        long days = Operands.integer(arguments, 3);
        OffsetDateTime local = moment.local;
        try {
            LocalDate date =
                    YearMonth.from(local)
                            .plusYears(years)
                            .plusMonths(months)
                            .atDay(1)
                            .plusDays(Math.addExact(days, local.getDayOfMonth() - 1L));
            LocalDateTime wall = date.atTime(local.toLocalTime());
            return wall.toInstant(TimeZones.offset(moment.zone.getRules(), wall));
        } catch (DateTimeException | ArithmeticException e) {
            throw outside();
        }
    }

    /// Years, months, days, hours, minutes and seconds between two times, whichever is earlier.
    /// Both are taken in the zone of the first.
    private static Value difference(Moment one, Moment other) {
        OffsetDateTime first = one.local;
        OffsetDateTime second = other.local.atZoneSameInstant(one.zone).toOffsetDateTime();
        boolean isOrdered = !first.isAfter(second);
        OffsetDateTime start = isOrdered ? first : second;
        OffsetDateTime end = isOrdered ? second : first;
        int[] units = {12, YearMonth.from(start).lengthOfMonth(), 24, 60, 60};
        int[] parts = {
            end.getYear() - start.getYear(),
            end.getMonthValue() - start.getMonthValue(),
            end.getDayOfMonth() - start.getDayOfMonth(),
            end.getHour() - start.getHour(),
            end.getMinute() - start.getMinute(),
            end.getSecond() - start.getSecond()
        };
        for (int i = parts.length - 1; i > 0; i--) {
            if (parts[i] < 0) {
                parts[i] += units[i - 1];
                parts[i - 1]--;
            }
        }
        return numbers(parts);
    }
}
