package dev.sheaf.engine.internal.worker;

import org.duckdb.DuckDBArray;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings what JDBC returns to the few types of [dev.sheaf.engine.Rows].
final class Values {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter(java.util.Locale.ROOT);
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd ")
                    .append(TIME)
                    .toFormatter(java.util.Locale.ROOT);

    private Values() {}

    static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Long number -> number;
            case Float number -> Double.valueOf(number.toString());
            case Double number -> number;
            case BigInteger number -> number;
            case BigDecimal number -> number;
            case String text -> text;
            case LocalDate date -> date.toString();
            case LocalTime time -> TIME.format(time);
            case LocalDateTime local -> TIMESTAMP.format(local);
            case Timestamp timestamp -> TIMESTAMP.format(timestamp.toLocalDateTime());
            case OffsetDateTime instant ->
                    TIMESTAMP.format(instant.withOffsetSameInstant(ZoneOffset.UTC)) + "+00";
            case OffsetTime time -> TIME.format(time) + time.getOffset();
            case Blob blob -> hex(blob.getBytes(1, Math.toIntExact(blob.length())));
            case byte[] bytes -> hex(bytes);
            case DuckDBArray array -> list(array);
            case Array array -> list(array);
            case DuckDBStruct struct -> map(struct.getMap());
            case Map<?, ?> map -> map(map);
            default -> value.toString();
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static List<@Nullable Object> list(Array array) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>();
        for (@Nullable Object element : (@Nullable Object[]) array.getArray()) {
            list.add(plain(element));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map) throws SQLException {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            plain.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
        }
        return plain;
    }
}
