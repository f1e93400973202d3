package dev.sheaf.query.result;

import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.PeriodDuration;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A vector's values as plain ones: `Boolean`, `Long`, `BigInteger`, `BigDecimal`, `Double`,
/// `String`, `List`, `Map` or null. No number loses a digit. Times are ISO 8601 (instants in UTC
/// with `Z`), bytes are hexadecimal, maps have text keys.
final class Cells {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter LOCAL =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'")
                    .append(TIME)
                    .toFormatter(Locale.ROOT);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private Cells() {}

    static @Nullable Object value(ValueVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case BitVector bits -> bits.get(row) != 0;
            case UInt8Vector unsigned -> unsigned(unsigned.getObjectNoOverflow(row));
            case Float4Vector real -> Double.valueOf(Float.toString(real.get(row)));
            case Float8Vector real -> real.get(row);
            case DecimalVector decimal -> decimal(decimal.getObject(row));
            case DateDayVector date -> date(date.get(row));
            case TimeMicroVector time ->
                    TIME.format(LocalTime.ofNanoOfDay(time.get(row) * NANOS_PER_MICRO));
            case TimeNanoVector time -> TIME.format(LocalTime.ofNanoOfDay(time.get(row)));
            case TimeStampVector timestamp -> timestamp(timestamp, row);
            case IntervalMonthDayNanoVector interval -> interval(interval.getObject(row));
            case VarBinaryVector bytes -> HexFormat.of().formatHex(bytes.get(row));
            case MapVector map -> map(map, row);
            case ListVector list ->
                    list(
                            list.getDataVector(),
                            list.getElementStartIndex(row),
                            list.getElementEndIndex(row));
            case FixedSizeListVector list ->
                    list(
                            list.getDataVector(),
                            list.getElementStartIndex(row),
                            list.getElementEndIndex(row));
            case StructVector struct -> struct(struct, row);
            default -> other(vector.getObject(row));
        };
    }

    private static @Nullable Object other(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Character number -> (long) number;
            case Integer number -> number.longValue();
            case Long number -> number;
            default -> value.toString();
        };
    }

    private static Object unsigned(BigInteger value) {
        return value.bitLength() < Long.SIZE ? value.longValue() : value;
    }

    private static Object decimal(BigDecimal value) {
        return value.scale() == 0 ? value.toBigInteger() : value;
    }

    private static String date(int days) {
        if (days == Integer.MAX_VALUE) {
            return "infinity";
        }
        return days == -Integer.MAX_VALUE ? "-infinity" : LocalDate.ofEpochDay(days).toString();
    }

    private static String timestamp(TimeStampVector vector, int row) {
        long value = vector.get(row);
        if (value == Long.MAX_VALUE) {
            return "infinity";
        }
        if (value == -Long.MAX_VALUE) {
            return "-infinity";
        }
        ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
        long perSecond =
                switch (type.getUnit()) {
                    case SECOND -> 1L;
                    case MILLISECOND -> 1_000L;
                    case MICROSECOND -> 1_000_000L;
                    case NANOSECOND -> NANOS_PER_SECOND;
                };
        Instant instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(value, perSecond),
                        Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond));
        String local = LOCAL.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        return type.getTimezone() == null ? local : local + "Z";
    }

    private static String interval(PeriodDuration interval) {
        String time = interval.getDuration().isZero() ? "" : interval.getDuration().toString();
        if (interval.getPeriod().isZero()) {
            return time.isEmpty() ? "PT0S" : time;
        }
        return interval.getPeriod().normalized() + (time.isEmpty() ? "" : time.substring(1));
    }

    private static List<@Nullable Object> list(ValueVector elements, int from, int to) {
        List<@Nullable Object> list = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            list.add(value(elements, i));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(MapVector map, int row) {
        StructVector entries = (StructVector) map.getDataVector();
        ValueVector keys = entries.getChildByOrdinal(0);
        ValueVector values = entries.getChildByOrdinal(1);
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
            plain.put(String.valueOf(value(keys, i)), value(values, i));
        }
        return plain;
    }

    private static Map<String, @Nullable Object> struct(StructVector struct, int row) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (ValueVector child : struct.getChildrenFromFields()) {
            plain.put(child.getName(), value(child, row));
        }
        return plain;
    }
}
