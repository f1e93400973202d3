package dev.sheaf.node.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.Wire;
import dev.sheaf.governance.decision.Mask;
import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.Map;

/// Masks over JSON values, and where they are laid.
final class ValueMasksTest {
    private final ValueMasks values = new ValueMasks("0123456789abcdef".repeat(4));

    private static JsonNode json(String text) {
        return Wire.json().readTree(text.replace('\'', '"'));
    }

    private String masked(Mask mask, String value) {
        return values.mask(mask, json(value)).toString().replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 0 | @ | 'ada@example.com' | 'a**@example.com'",
                "1 | 0 | @ | 'a@b' | '***'",
                "2 | 4 | `` | 'DE89370400440532' | 'DE**********0532'",
                "0 | 3 | `` | '12' | '**'",
                "0 | 0 | `` | 'ab' | '**'",
                "1 | 0 | `` | '' | ''",
                "1 | 0 | `` | 'é😀x' | 'é**'",
                "1 | 0 | `` | 7 | null",
                "1 | 0 | `` | {'a':1} | null"
            })
    void partial(int first, int last, String from, String value, String shown) {
        assertEquals(shown, masked(new Mask.Partial(first, last, from), value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "year | `2026-11-26` | `2026-01-01`",
                "quarter | `2026-11-26` | `2026-10-01`",
                "month | `2026-11-26T09:30:15.5+02:00` | `2026-11-01T00:00:00+02:00`",
                "day | `2026-11-26T09:30:00Z` | `2026-11-26T00:00:00Z`",
                "year | `soon` | null",
                "year | `2026-13-01` | null",
                "year | 2026 | null"
            })
    void periods(String period, String value, String shown) {
        assertEquals(
                shown.replace('`', '\''),
                masked(new Mask.ToPeriod(period), value.replace('`', '\'')));
    }

    @ParameterizedTest
    @CsvSource({"10,17,10", "10,-3,-10", "0.5,1.7,1.5", "10,1e900,null", "10,true,null", "100,0,0"})
    void ranges(String width, String value, String shown) {
        assertEquals(shown, masked(new Mask.ToRange(new BigDecimal(width)), value));
    }

    @ParameterizedTest
    @CsvSource({"x,'ab',x", "7,3,7", "x,3,null", "true,false,true", "x,false,null", "x,null,null"})
    void fixed(String text, String value, String shown) {
        String given = value.matches("[a-z]{2}") ? "'" + value + "'" : value;
        assertEquals(shown, masked(new Mask.Fixed(text), given).replace("'", ""));
    }

    @Test
    void equalValuesHashToEqualOnesAndKeepTheirType() {
        assertEquals(masked(new Mask.Hash(), "'ada'"), masked(new Mask.Hash(), "'ada'"));
        assertNotEquals(masked(new Mask.Hash(), "'ada'"), masked(new Mask.Hash(), "'bob'"));
        assertEquals(masked(new Mask.Hash(), "7"), masked(new Mask.Hash(), "7.0"));
        assertTrue(values.mask(new Mask.Hash(), json("7")).isNumber());
        assertEquals("null", masked(new Mask.Hash(), "1e900"));
        assertEquals("null", masked(new Mask.Hash(), "7.5"));
        assertEquals("null", masked(new Mask.Hash(), "true"));
        assertEquals("null", masked(new Mask.Hash(), "['ada']"));
    }

    @ParameterizedTest
    @CsvSource({"ada@example.com", "1234", "x", "日本語", "4929 1234 5678 9012"})
    void tokensHaveTheLengthOfTheirText(String text) {
        String shown = masked(new Mask.Tokenise(), "'" + text + "'").replace("'", "");
        assertEquals(
                text.codePointCount(0, text.length()), shown.codePointCount(0, shown.length()));
        assertNotEquals(text, shown);
        assertEquals(shown, masked(new Mask.Tokenise(), "'" + text + "'").replace("'", ""));
    }

    @Test
    void whatSqlMasksIsNothing() {
        assertEquals("null", masked(new Mask.Sql("left(x, 2)"), "'abc'"));
    }

    private String document(Map<String, Mask> masks, String document) {
        return FieldMasks.of(masks).apply(json(document), values).toString().replace('"', '\'');
    }

    @Test
    void masksLieWhereTheirPointersSay() {
        Mask none = new Mask.Nothing();
        assertEquals("{'a':null,'b':1}", document(Map.of("a", none), "{'a':{'b':2},'b':1}"));
        assertEquals("{'a':{'b':null}}", document(Map.of("/a/b", none), "{'a':{'b':2}}"));
        assertEquals("[{'x':null},7]", document(Map.of("/*/x", none), "[{'x':1},7]"));
        assertEquals("{'k':{'x':null}}", document(Map.of("/*/x", none), "{'k':{'x':1}}"));
        assertEquals("null", document(Map.of("", none), "{'a':1}"));
        assertEquals("{'a/b':null,'*':1}", document(Map.of("/a~1b", none), "{'a/b':2,'*':1}"));
        assertEquals("{'0':null}", document(Map.of("/0", none), "{'0':2}"));
        assertEquals("{'b':1}", document(Map.of("/a", none), "{'b':1}"));
    }

    @Test
    void ofSeveralTheStrictestCounts() {
        Map<String, Mask> masks =
                Map.of("/*/x", new Mask.Partial(1, 0, ""), "/a/x", new Mask.Nothing());
        assertEquals(
                "{'a':{'x':null},'b':{'x':'h***'}}",
                document(masks, "{'a':{'x':'hush'},'b':{'x':'hush'}}"));
    }

    @Test
    void whatIsNoPointerIsRefused() {
        assertThrows(Problem.class, () -> FieldMasks.of(Map.of("/a~x", new Mask.Nothing())));
    }
}
