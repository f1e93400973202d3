package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.query.ParameterValue;

import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.ArrowType;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Values for a statement's parameters, as a client sends them: one row, a column for each. What
/// they are is said by their own types, whatever the statement was taken to need.
final class ParameterReader {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private ParameterReader() {}

    /// @throws Problem BAD_REQUEST when it is not one row; INVALID_VALUE for types that statements
    ///   here have no constants of
    static List<ParameterValue> read(FlightStream stream) {
        List<ParameterValue> values = new ArrayList<>();
        int rows = 0;
        while (stream.next()) {
            VectorSchemaRoot root = stream.getRoot();
            rows += root.getRowCount();
            if (rows > 1) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST,
                        "a query runs once for one row of parameters; send one row, and run it"
                                + " again for the next");
            }
            if (root.getRowCount() == 1) {
                root.getFieldVectors().forEach(vector -> values.add(value(vector)));
            }
        }
        return values;
    }

    private static ParameterValue value(FieldVector vector) {
        String type = type(vector);
        return vector.isNull(0)
                ? ParameterValue.nothing(type)
                : new ParameterValue(type, Optional.of(text(vector)));
    }

    private static String type(FieldVector vector) {
        return switch (vector.getMinorType()) {
            case BIT -> "BOOLEAN";
            case TINYINT -> "TINYINT";
            case SMALLINT -> "SMALLINT";
            case INT -> "INTEGER";
            case BIGINT -> "BIGINT";
            case UINT1 -> "UTINYINT";
            case UINT2 -> "USMALLINT";
            case UINT4 -> "UINTEGER";
            case UINT8 -> "UBIGINT";
            case FLOAT4 -> "FLOAT";
            case FLOAT8 -> "DOUBLE";
            case DECIMAL -> {
                ArrowType.Decimal decimal = (ArrowType.Decimal) vector.getField().getType();
                yield "DECIMAL(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
            }
            case VARCHAR, LARGEVARCHAR, NULL -> "VARCHAR";
            case VARBINARY, LARGEVARBINARY, FIXEDSIZEBINARY -> "BLOB";
            case DATEDAY, DATEMILLI -> "DATE";
            case TIMESEC, TIMEMILLI, TIMEMICRO, TIMENANO -> "TIME";
            case TIMESTAMPSEC, TIMESTAMPMILLI, TIMESTAMPMICRO, TIMESTAMPNANO -> "TIMESTAMP";
            case TIMESTAMPSECTZ, TIMESTAMPMILLITZ, TIMESTAMPMICROTZ, TIMESTAMPNANOTZ ->
                    "TIMESTAMP WITH TIME ZONE";
            default -> throw unusable(vector);
        };
    }

    private static String text(FieldVector vector) {
        Object value = vector.getObject(0);
        MinorType type = vector.getMinorType();
        return switch (type) {
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case VARBINARY, LARGEVARBINARY, FIXEDSIZEBINARY -> blob((byte[]) value);
            case DATEDAY -> LocalDate.ofEpochDay(((Number) value).longValue()).toString();
            case DATEMILLI -> ((LocalDateTime) value).toLocalDate().toString();
            case TIMESEC -> time(((Number) value).longValue() * NANOS_PER_SECOND);
            case TIMEMILLI -> time(((LocalDateTime) value).toLocalTime().toNanoOfDay());
            case TIMEMICRO -> time(((Number) value).longValue() * 1000);
            case TIMENANO -> time(((Number) value).longValue());
            case TIMESTAMPSEC, TIMESTAMPMILLI, TIMESTAMPMICRO, TIMESTAMPNANO ->
                    MOMENT.format((LocalDateTime) value);
            case TIMESTAMPSECTZ -> moment(((Number) value).longValue(), 1);
            case TIMESTAMPMILLITZ -> moment(((Number) value).longValue(), 1_000);
            case TIMESTAMPMICROTZ -> moment(((Number) value).longValue(), 1_000_000);
            case TIMESTAMPNANOTZ -> moment(((Number) value).longValue(), NANOS_PER_SECOND);
            case UINT1 -> Integer.toString(((Number) value).intValue() & 0xFF);
            case UINT2 -> Integer.toString((Character) value);
            case UINT4 -> Integer.toUnsignedString(((Number) value).intValue());
            case UINT8 -> Long.toUnsignedString(((Number) value).longValue());
            default -> value.toString();
        };
    }

    private static String blob(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 4);
        for (byte each : bytes) {
            text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(each));
        }
        return text.toString();
    }

    private static String time(long nanos) {
        if (nanos < 0 || nanos >= 24 * 3600 * NANOS_PER_SECOND) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "a parameter of type TIME is not within a day");
        }
        return LocalTime.ofNanoOfDay(nanos).toString();
    }

    private static String moment(long value, long perSecond) {
        Instant instant =
                Instant.ofEpochSecond(
                        Math.floorDiv(value, perSecond),
                        Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond));
        return MOMENT.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "+00";
    }

    private static Problem unusable(FieldVector vector) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "a parameter cannot be of the type "
                        + vector.getField().getType()
                        + "; send a number, text, bytes, a date, a time or a timestamp");
    }
}
