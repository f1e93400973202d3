package dev.sheaf.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Values of small results keep their type and every digit.
@Timeout(60)
final class ResultTypesTest {
    @TempDir static Path scratch;
    private static WorkerEngine engine;

    @BeforeAll
    static void open() {
        engine = new WorkerEngine(EngineFixture.config());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void numbersKeepEveryDigit() {
        assertEquals(-5L, value("-5::TINYINT"));
        assertEquals(Long.MIN_VALUE, value("(-9223372036854775808)::BIGINT"));
        assertEquals(
                new BigInteger("18446744073709551615"), value("18446744073709551615::UBIGINT"));
        assertEquals(
                new BigInteger("170141183460469231731687303715884105727"),
                value("170141183460469231731687303715884105727::HUGEINT"));
        assertEquals(
                new BigDecimal("12345678901234567890123456789012345.678"),
                value("12345678901234567890123456789012345.678::DECIMAL(38,3)"));
        assertEquals(new BigDecimal("1.50"), value("1.5::DECIMAL(9,2)"));
        assertEquals(0.1, value("0.1::DOUBLE"));
        assertEquals(0.1, value("0.1::FLOAT"));
        assertEquals(Double.NaN, value("'nan'::DOUBLE"));
        assertEquals(Double.NEGATIVE_INFINITY, value("'-infinity'::DOUBLE"));
        assertEquals(true, value("true"));
        assertEquals(null, value("NULL"));
    }

    @Test
    void timesAreTextAsDuckDbWritesThem() {
        assertEquals("2024-02-29", value("DATE '2024-02-29'"));
        assertEquals("12:34:56.000007", value("TIME '12:34:56.000007'"));
        assertEquals("2024-02-29 01:02:03.000004", value("TIMESTAMP '2024-02-29 01:02:03.000004'"));
        assertEquals("2024-02-29 00:00:00", value("TIMESTAMP '2024-02-29'"));
        assertEquals("2024-02-29 00:02:03+00", value("TIMESTAMPTZ '2024-02-29 01:02:03+01:00'"));
        assertEquals("1 year 2 days", value("INTERVAL '1 year 2 days'"));
        assertEquals(
                "0f0e0d0c-0b0a-4a4a-8a8a-010203040506",
                value("'0f0e0d0c-0b0a-4a4a-8a8a-010203040506'::UUID"));
        assertEquals("00ff41", value("'\\x00\\xFFA'::BLOB"));
        assertEquals("naïve 漢字 😀", value("'naïve 漢字 😀'"));
    }

    @Test
    void nestedValuesAreListsAndMaps() {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(1L);
        list.add(null);
        assertEquals(list, value("[1, NULL]"));
        assertEquals(Map.of("a", 1L, "b", List.of("x")), value("{'a': 1, 'b': ['x']}"));
        assertEquals(Map.of("k", 2L), value("MAP {'k': 2}"));
        assertEquals(List.of(1L, 2L), value("array_value(1, 2)"));
        assertEquals(
                List.of(Map.of("t", "2024-02-29 00:00:00")),
                value("[{'t': TIMESTAMP '2024-02-29'}]"));
    }

    private static @Nullable Object value(String expression) {
        try (EngineSession session = engine.open(EngineFixture.query(scratch))) {
            return session.query("SELECT " + expression).rows().getFirst().getFirst();
        }
    }
}
