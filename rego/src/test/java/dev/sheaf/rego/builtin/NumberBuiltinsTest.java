package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;

import java.util.Objects;

/// [NumberBuiltins] and [BitBuiltins].
class NumberBuiltinsTest {
    @Test
    void countsUpAndDown() {
        assertEquals("[2, 1, 0, -1]", text("numbers.range", 2, -1));
        assertEquals("[0]", text("numbers.range", 0, 0));
        assertEquals("[10, 8, 6, 4]", text("numbers.range_step", 10, 3, 2));
        assertEquals("[0]", text("numbers.range_step", 0, 10, json("99999999999999999999")));
    }

    @Test
    void wantsWholeNumbersAndPositiveSteps() {
        assertEquals(
                "eval_type_error: numbers.range: operand 2 must be integer number but got"
                        + " floating-point number",
                fault("numbers.range", 3, json("3.14")));
        assertEquals(
                "eval_builtin_error: numbers.range_step: numbers.range_step: step must be a"
                        + " positive integer",
                fault("numbers.range_step", 0, 10, -2));
    }

    @Test
    void endsRangesThatAreTooLong() {
        assertThrows(
                BuiltinCalls.TooMuchWork.class, () -> call("numbers.range", 0, Long.MAX_VALUE));
    }

    @Test
    void staysBelowTheBoundAndRemembers() {
        Surroundings world = BuiltinCalls.surroundings(new StringBuilder());
        Builtin random = Builtins.find("rand.intn").orElseThrow();
        Value[] arguments = {StringValue.of("key"), NumberValue.of(1_000_000)};
        Value first = Objects.requireNonNull(random.call(arguments, world));
        assertEquals(first, random.call(arguments, world));
        assertTrue(
                first.compareTo(NumberValue.of(0)) >= 0
                        && first.compareTo(NumberValue.of(1_000_000)) < 0);
        assertEquals("0", text("rand.intn", "key", 0));
    }

    @Test
    void shiftsWithoutLoss() {
        assertEquals("18446744073709551614", text("bits.lsh", Long.MAX_VALUE, 1));
        assertEquals("1", text("bits.rsh", 8, 3));
        assertEquals("0", text("bits.rsh", 8, json("1e30")));
        assertEquals("-43", text("bits.negate", 42));
        assertEquals("6", text("bits.xor", 5, 3));
    }

    @Test
    void wantsUnsignedShifts() {
        assertEquals(
                "eval_type_error: bits.lsh: operand 2 must be an unsigned integer number but got a"
                        + " negative integer",
                fault("bits.lsh", 7, -1));
        assertEquals(
                "eval_type_error: bits.or: operand 1 must be integer number but got floating-point"
                        + " number",
                fault("bits.or", json("7.2"), 42));
        assertEquals(
                "eval_type_error: bits.or: operand 1 must be integer but got string",
                fault("bits.or", "a", 42));
        assertEquals(
                "eval_builtin_error: bits.lsh: a shift by 2147483647 places is too large, at most"
                        + " 1048576",
                fault("bits.lsh", 1, Long.MAX_VALUE));
    }
}
