package dev.sheaf.context.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

final class JsonValuesTest {
    private static final JsonMapper DOUBLES = JsonMapper.shared();
    private static final JsonMapper DECIMALS =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @Test
    void equalNumbersAreEqualWhateverHoldsThem() {
        List<String> same = List.of("100", "100.0", "1e2", "1.00e2", "1000E-1");
        for (String left : same) {
            for (String right : same) {
                for (JsonMapper mapper : List.of(DOUBLES, DECIMALS)) {
                    JsonNode one = DOUBLES.readTree(left);
                    JsonNode other = mapper.readTree(right);
                    assertTrue(JsonValues.equal(one, other), left + " " + right);
                    assertEquals(JsonValues.hash(one), JsonValues.hash(other), left + " " + right);
                    assertEquals(CanonicalText.of(one), CanonicalText.of(other));
                }
            }
        }
        assertFalse(
                JsonValues.equal(
                        DOUBLES.readTree("9007199254740993"),
                        DOUBLES.readTree("9007199254740992.0")));
    }

    @Test
    void hugeExponentsCostNothing() {
        JsonNode huge = DECIMALS.readTree("1e999999999");
        JsonNode tiny = DECIMALS.readTree("1e-999999999");
        assertTrue(JsonValues.compareNumbers(huge, tiny) > 0);
        assertEquals("1E+999999999", CanonicalText.of(huge));
        assertFalse(JsonValues.equal(huge, tiny));
        assertEquals(JsonValues.hash(huge), JsonValues.hash(DECIMALS.readTree("10e999999998")));
    }

    @Test
    void objectsAreEqualInAnyOrderAndArraysAreNot() {
        JsonNode one = DOUBLES.readTree("{\"a\":[1,{\"b\":null}],\"c\":\"x\"}");
        JsonNode other = DOUBLES.readTree("{\"c\":\"x\",\"a\":[1.0,{\"b\":null}]}");
        assertTrue(JsonValues.equal(one, other));
        assertEquals(JsonValues.hash(one), JsonValues.hash(other));
        assertEquals("{\"a\":[1,{\"b\":null}],\"c\":\"x\"}", CanonicalText.of(other));
        assertFalse(JsonValues.equal(DOUBLES.readTree("[1,2]"), DOUBLES.readTree("[2,1]")));
        assertFalse(
                JsonValues.equal(
                        DOUBLES.readTree("{\"a\":null}"), DOUBLES.readTree("{\"b\":null}")));
        assertFalse(JsonValues.equal(DOUBLES.readTree("\"1\""), DOUBLES.readTree("1")));
    }

    @Test
    void pointersAreReadAndWrittenAsTheStandardSays() {
        assertEquals(List.of(), JsonPointers.parse(""));
        assertEquals(List.of(""), JsonPointers.parse("/"));
        assertEquals(List.of("a/b", "m~n", "~1", "", " "), JsonPointers.parse("/a~1b/m~0n/~01// "));
        for (String pointer : List.of("", "/", "/a~1b/m~0n/~01// ")) {
            assertEquals(pointer, JsonPointers.of(JsonPointers.parse(pointer)));
        }
        for (String wrong : List.of("a", "#/a", "/~", "/~2", "/a~")) {
            assertThrows(Problem.class, () -> JsonPointers.parse(wrong), wrong);
        }
    }
}
