package dev.sheaf.rego.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

final class ValueTest {
    private static Value json(String text) {
        return JsonValues.parse(text);
    }

    @Test
    void kindsAreOrderedAsOpaOrdersThem() {
        List<Value> ordered =
                List.of(
                        NullValue.NULL,
                        BooleanValue.FALSE,
                        BooleanValue.TRUE,
                        json("-1"),
                        json("1.5"),
                        json("2"),
                        json("\"a\""),
                        json("\"b\""),
                        json("[]"),
                        json("[1]"),
                        json("{}"),
                        json("{\"a\": 1}"),
                        SetValue.EMPTY,
                        SetValue.of(json("1")));
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertEquals(
                        Integer.signum(Integer.compare(i, j)),
                        Integer.signum(ordered.get(i).compareTo(ordered.get(j))),
                        ordered.get(i) + " and " + ordered.get(j));
            }
        }
    }

    @Test
    void numbersAreEqualByValueAndKeepAllTheirDigits() {
        assertEquals(json("1"), json("1.0"));
        assertEquals(json("1").hashCode(), json("1.00").hashCode());
        assertEquals(json("1e2"), json("100"));
        assertNotEquals(json("9007199254740993"), json("9007199254740992"));
        assertEquals("0.1234567890123456789", json("0.1234567890123456789").toString());
        assertEquals(
                "123456789012345678901234567890",
                json("123456789012345678901234567890").toString());
    }

    @Test
    void stringsAreOrderedByCodePoints() {
        assertTrue(StringValue.of("\uFFFD").compareTo(StringValue.of("\uD83D\uDE00")) < 0);
    }

    @Test
    void objectsAndSetsOfAnySizeAreAsMapsAndSetsAre() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Map<Value, Value> expected = new HashMap<>();
            ObjectValue.Builder object = new ObjectValue.Builder();
            SetValue.Builder set = new SetValue.Builder();
            int size = random.nextInt(60);
            for (int i = 0; i < size; i++) {
                Value key =
                        random.nextBoolean()
                                ? NumberValue.of(random.nextInt(40))
                                : StringValue.of("k" + random.nextInt(40));
                Value value = NumberValue.of(i);
                assertEquals(expected.put(key, value), object.put(key, value));
                set.add(key);
            }
            ObjectValue built = object.build();
            assertEquals(expected.size(), built.size());
            assertEquals(expected.size(), set.build().size());
            expected.forEach((key, value) -> assertEquals(value, built.get(key)));
            List<Value> keys = new ArrayList<>();
            built.forEach((key, value) -> keys.add(key));
            assertEquals(expected.keySet().stream().sorted().toList(), keys);
            assertEquals(keys, set.build().items());
        }
    }

    @Test
    void equalityDoesNotDependOnTheOrderOfInsertion() {
        Value one = new ObjectValue.Builder().put("a", json("1")).put("b", json("2")).build();
        Value other = new ObjectValue.Builder().put("b", json("2")).put("a", json("1.0")).build();
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
    }

    @Test
    void anObjectOfAShapeIsAsAnyOther() {
        ObjectShape shape = ObjectShape.of("b", "a");
        ObjectValue object = shape.with(NumberValue.of(1), NumberValue.of(2));
        assertEquals(json("{\"a\": 2, \"b\": 1}"), object);
        assertEquals("{\"a\": 2, \"b\": 1}", object.toString());
        assertThrows(IllegalArgumentException.class, () -> shape.with(NumberValue.of(1)));
        assertThrows(IllegalArgumentException.class, () -> ObjectShape.of("a", "a"));
    }

    @Test
    void aFieldIsFoundInObjectsOfAnyShape() {
        ObjectField field = new ObjectField(StringValue.of("a"));
        ObjectShape first = ObjectShape.of("b", "a");
        ObjectShape second = ObjectShape.of("a");
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    NumberValue.of(i), field.of(first.with(NumberValue.of(9), NumberValue.of(i))));
            assertEquals(NumberValue.of(i), field.of(second.with(NumberValue.of(i))));
            assertEquals(NumberValue.of(7), field.of((ObjectValue) json("{\"a\": 7}")));
            assertNull(field.of((ObjectValue) json("{\"b\": 7}")));
        }
    }
}
