package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.callOrUndefined;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/// [AggregateBuiltins], [ArrayBuiltins] and [SetBuiltins].
class AggregateBuiltinsTest {
    @Test
    void countsCodePoints() {
        assertEquals("3", text("count", "å😀x"));
        assertEquals("0", text("count", ""));
        assertEquals("2", text("count", json("{\"a\": 1, \"b\": 2}")));
        assertEquals(
                "eval_type_error: count: operand 1 must be one of {array, object, set, string} but"
                        + " got null",
                fault("count", json("null")));
    }

    @Test
    void addsAndMultiplies() {
        assertEquals("49649733058", text("sum", json("[49649733057, 1]")));
        assertEquals("0", text("sum", set()));
        assertEquals("1", text("product", json("[]")));
        assertEquals("0.3", text("sum", json("[0.1, 0.2]")));
        assertEquals(
                "85070591730234615847396907784232501249",
                text("product", json("[9223372036854775807, 9223372036854775807]")));
        assertEquals(
                "eval_type_error: sum: operand 1 must be array of numbers but got array containing"
                        + " string",
                fault("sum", json("[1, \"a\"]")));
    }

    @Test
    void findsTheLargestOfAnyKind() {
        assertEquals("[1]", text("max", json("[1, \"a\", [1], null]")));
        assertEquals("null", text("min", json("[1, null]")));
        assertNull(callOrUndefined("max", set()));
        assertEquals("[null, 1, \"a\"]", text("sort", json("[\"a\", 1, null]")));
    }

    @Test
    void looksIntoCollections() {
        assertEquals("true", text("internal.member_2", 2, json("{\"a\": 2}")));
        assertEquals("false", text("internal.member_2", 1, "foo"));
        assertEquals("true", text("internal.member_3", 1, 2, json("[1, 2]")));
        assertEquals("false", text("internal.member_3", 1, 2, set(1, 2)));
        assertEquals("true", text("internal.member_3", 1, 1, set(1)));
        assertEquals("false", text("internal.member_3", 7, 1, json("[1]")));
    }

    @Test
    void takesOnlyTrueForTrue() {
        assertEquals("false", text("all", json("[true, 1]")));
        assertEquals("true", text("all", set()));
        assertEquals("true", text("any", json("[false, true]")));
        assertEquals("false", text("any", json("[1]")));
    }

    @Test
    void bringsBoundsOfSlicesInside() {
        assertEquals("[1, 2]", text("array.slice", json("[1, 2, 3]"), -1, 2));
        assertEquals("[]", text("array.slice", json("[1, 2, 3]"), 2, 1));
        assertEquals("[3]", text("array.slice", json("[1, 2, 3]"), 2, Long.MAX_VALUE));
        assertEquals("[3, 2, 1]", text("array.reverse", json("[1, 2, 3]")));
    }

    @Test
    void flattensOneLevel() {
        assertEquals("[[1], 2, 3]", text("array.flatten", json("[[[1], 2], 3]")));
        assertEquals("[1, 2]", text("array.concat", json("[1]"), json("[2]")));
        assertEquals(
                "eval_type_error: array.concat: operand 2 must be array but got set",
                fault("array.concat", json("[1]"), set()));
    }

    @Test
    void combinesSets() {
        assertEquals("{1, 2, 3}", text("or", set(1, 2), set(2, 3)));
        assertEquals("{2}", text("and", set(1, 2), set(2, 3)));
        assertEquals("{1, 2}", text("union", set(set(1), set(2), set())));
        assertEquals("set()", text("intersection", set()));
        assertEquals("{2}", text("intersection", set(set(1, 2), set(2, 3), set(2))));
        assertEquals(
                "eval_type_error: union: operand 1 must be set but got number",
                fault("union", set(1)));
    }
}
