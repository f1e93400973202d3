package dev.sheaf.node.queries;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Values of Arrow vectors as values of JSON: `Boolean`, `Number`, `String`, `List`, `Map`, or
/// null.
///
/// Dates and times are ISO 8601, instants end in `Z`, binary is base64. Numbers that JSON does not
/// have (NaN, infinities) are texts.
final class ArrowValues {
    private ArrowValues() {}

    static @Nullable Object value(ValueVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (vector) {
            case BitVector bits -> bits.get(row) != 0;
            case IntVector ints -> (long) ints.get(row);
            case BigIntVector longs -> longs.get(row);
            case UInt8Vector unsigned ->
                    new java.math.BigInteger(Long.toUnsignedString(unsigned.get(row)));
            case Float8Vector doubles -> real(doubles.get(row));
            case Float4Vector floats -> real(floats.get(row));
            case DecimalVector decimals -> decimals.getObject(row);
            case DateDayVector dates -> LocalDate.ofEpochDay(dates.get(row)).toString();
            case TimeMicroVector times -> LocalTime.ofNanoOfDay(times.get(row) * 1000).toString();
            case TimeStampVector stamps -> timestamp(stamps, row);
            case MapVector map -> map(map, row);
            case ListVector list ->
                    elements(
                            list.getDataVector(),
                            list.getElementStartIndex(row),
                            list.getElementEndIndex(row));
            case FixedSizeListVector list ->
                    elements(
                            list.getDataVector(),
                            list.getElementStartIndex(row),
                            list.getElementEndIndex(row));
            case StructVector struct -> struct(struct, row);
            default -> other(vector.getObject(row));
        };
    }

    private static Object real(double value) {
        return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }

    private static Object real(float value) {
        return Float.isFinite(value) ? (Object) value : Float.toString(value);
    }

    private static String timestamp(TimeStampVector vector, int row) {
        ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
        long perSecond =
                switch (type.getUnit()) {
                    case SECOND -> 1L;
                    case MILLISECOND -> 1_000L;
                    case MICROSECOND -> 1_000_000L;
                    case NANOSECOND -> 1_000_000_000L;
                };
        long value = vector.get(row);
        long seconds = Math.floorDiv(value, perSecond);
        long nanos = Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond);
        return type.getTimezone() == null
                ? LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC).toString()
                : Instant.ofEpochSecond(seconds, nanos).toString();
    }

    private static List<@Nullable Object> elements(ValueVector data, int from, int to) {
        List<@Nullable Object> values = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            values.add(value(data, i));
        }
        return values;
    }

    private static Map<String, @Nullable Object> struct(StructVector vector, int row) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (FieldVector child : vector.getChildrenFromFields()) {
            members.put(child.getName(), value(child, row));
        }
        return members;
    }

    private static Map<String, @Nullable Object> map(MapVector vector, int row) {
        StructVector entries = (StructVector) vector.getDataVector();
        FieldVector keys = entries.getChildrenFromFields().get(0);
        FieldVector values = entries.getChildrenFromFields().get(1);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
            members.put(String.valueOf(value(keys, i)), value(values, i));
        }
        return members;
    }

    private static Object other(Object value) {
        return switch (value) {
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case BigDecimal decimal -> decimal;
            case Number number -> number;
            default -> value.toString();
        };
    }
}
