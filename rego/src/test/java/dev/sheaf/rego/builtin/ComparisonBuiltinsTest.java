package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// [ComparisonBuiltins].
class ComparisonBuiltinsTest {
    @Test
    void ordersValuesOfDifferentKinds() {
        assertEquals("true", text("lt", json("null"), false));
        assertEquals("true", text("lt", "z", json("[]")));
        assertEquals("true", text("gte", set(), json("{}")));
        assertEquals("false", text("gt", 1, 1));
        assertEquals("true", text("lte", 1, json("1.0")));
    }

    @Test
    void takesNumbersOfTheSameValueAsEqual() {
        assertEquals("false", text("neq", 1, json("1.0")));
        assertEquals("true", text("neq", json("[1]"), json("[2]")));
    }
}
