package dev.sheaf.lake.internal.table;

import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.DateTimeUtil;
import org.apache.iceberg.util.UnicodeUtil;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Reads DuckDB's text for a least or greatest value as Iceberg's internal value.
///
/// A bound that is left out is always right, only less useful: so are `infinity` and years before 1
/// or after 9999, which this does not read, and texts that are longer than can be cut upwards.
final class Bounds {
    private static final int CHARACTERS_MAX = 16;
    private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T][0-9:.+-]+)?");
    private static final DateTimeFormatter LOCAL =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .toFormatter(java.util.Locale.ROOT);
    private static final DateTimeFormatter OFFSET =
            new DateTimeFormatterBuilder()
                    .append(LOCAL)
                    .appendOffset("+HH:mm:ss", "+00")
                    .toFormatter(java.util.Locale.ROOT);

    private Bounds() {}

    static Optional<Object> lower(Type.PrimitiveType type, String text) {
        return switch (type.typeId()) {
            case STRING ->
                    Optional.of(
                            UnicodeUtil.truncateStringMin(Literal.of(text), CHARACTERS_MAX)
                                    .value());
            case BINARY ->
                    Optional.of(
                            BinaryUtil.truncateBinaryMin(Literal.of(bytes(text)), CHARACTERS_MAX)
                                    .value());
            // zeros of both signs are equal to DuckDB, but -0.0 sorts first in Iceberg
            case DOUBLE ->
                    finite(text).map(Double::valueOf).map(value -> value == 0 ? -0.0 : value);
            case FLOAT -> finite(text).map(Float::valueOf).map(value -> value == 0 ? -0.0f : value);
            default -> exact(type, text);
        };
    }

    static Optional<Object> upper(Type.PrimitiveType type, String text) {
        return switch (type.typeId()) {
            case STRING ->
                    Optional.ofNullable(
                                    UnicodeUtil.truncateStringMax(Literal.of(text), CHARACTERS_MAX))
                            .map(Literal::value);
            case BINARY ->
                    Optional.ofNullable(
                                    BinaryUtil.truncateBinaryMax(
                                            Literal.of(bytes(text)), CHARACTERS_MAX))
                            .map(Literal::value);
            case DOUBLE -> finite(text).map(Double::valueOf).map(value -> value == 0 ? 0.0 : value);
            case FLOAT -> finite(text).map(Float::valueOf).map(value -> value == 0 ? 0.0f : value);
            default -> exact(type, text);
        };
    }

    /// Empty for the infinities, of which DuckDB writes `inf` and `-inf`.
    private static Optional<String> finite(String text) {
        return text.endsWith("inf") ? Optional.empty() : Optional.of(text);
    }

    /// The value of a text that stands for exactly one value, also for partition values.
    static Optional<Object> exact(Type type, String text) {
        return switch (type.typeId()) {
            case BOOLEAN -> Optional.of(text.equals("1") || text.equals("true"));
            case INTEGER -> Optional.of(Integer.valueOf(text));
            case LONG -> Optional.of(Long.valueOf(text));
            case DECIMAL ->
                    Optional.of(new BigDecimal(text).setScale(((Types.DecimalType) type).scale()));
            case UUID -> Optional.of(UUID.fromString(text));
            // DuckDB has 24:00:00, the JDK has not
            case TIME ->
                    text.startsWith("24")
                            ? Optional.empty()
                            : Optional.of(DateTimeUtil.microsFromTime(LocalTime.parse(text)));
            case DATE ->
                    DATED.matcher(text).matches()
                            ? Optional.of(DateTimeUtil.daysFromDate(LocalDate.parse(text)))
                            : Optional.empty();
            case TIMESTAMP ->
                    DATED.matcher(text).matches() ? timestamp(type, text) : Optional.empty();
            case STRING -> Optional.of(text);
            default -> throw new IllegalArgumentException("no bounds for values of type " + type);
        };
    }

    private static Optional<Object> timestamp(Type type, String text) {
        return Optional.of(
                ((Types.TimestampType) type).shouldAdjustToUTC()
                        ? DateTimeUtil.microsFromTimestamptz(OffsetDateTime.parse(text, OFFSET))
                        : DateTimeUtil.microsFromTimestamp(LocalDateTime.parse(text, LOCAL)));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
