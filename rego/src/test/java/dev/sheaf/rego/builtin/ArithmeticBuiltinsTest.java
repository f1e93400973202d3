package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// [ArithmeticBuiltins] and [BinaryFloat].
class ArithmeticBuiltinsTest {
    @Test
    void computesWholeNumbersExactlyWhateverTheirSize() {
        assertEquals("9223372036854775808", text("plus", Long.MAX_VALUE, 1));
        assertEquals("-9223372036854775809", text("minus", Long.MIN_VALUE, 1));
        assertEquals(
                "85070591730234615847396907784232501249",
                text("mul", Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals("9223372036854775808", text("abs", Long.MIN_VALUE));
    }

    @Test
    void dividesWithoutARestExactlyAndOtherwiseWithSixtyFourBits() {
        assertEquals("5", text("div", 10, 2));
        assertEquals("0.33333333333333333334", text("div", 1, 3));
        assertEquals("-2.5", text("div", 5, -2));
        assertEquals("1000000000", text("div", json("1e109"), json("1e100")));
    }

    @Test
    void printsSumsOfDecimalsAsOpaDoes() {
        assertEquals("0.3", text("plus", json("0.1"), json("0.2")));
        assertEquals("1.1", text("mul", json("1.1"), json("1.0")));
    }

    @Test
    void refusesToDivideByZero() {
        assertEquals("eval_builtin_error: div: divide by zero", fault("div", 1, 0));
        assertEquals("eval_builtin_error: div: divide by zero", fault("div", 1, json("0.0")));
        assertEquals("eval_builtin_error: rem: modulo by zero", fault("rem", 1, 0));
        assertEquals(
                "eval_builtin_error: rem: modulo on floating-point number",
                fault("rem", json("1.1"), 1));
    }

    @Test
    void givesTheRemainderTheSignOfTheDividend() {
        assertEquals("-1", text("rem", -7, 3));
        assertEquals("1", text("rem", 7, -3));
    }

    @Test
    void roundsHalvesAwayFromZero() {
        assertEquals("3", text("round", json("2.5")));
        assertEquals("-3", text("round", json("-2.5")));
        assertEquals("2", text("ceil", json("1.01")));
        assertEquals("-1", text("ceil", json("-1.99999")));
        assertEquals("-2", text("floor", json("-1.01")));
        assertEquals("1", text("floor", 1));
    }

    @Test
    void subtractsSetsFromSetsOnly() {
        assertEquals("{2}", text("minus", set(1, 2), set(1)));
        assertEquals(
                "eval_type_error: minus: operand 2 must be number but got set",
                fault("minus", 1, set(1)));
        assertEquals(
                "eval_type_error: minus: operand 1 must be one of {number, set} but got string",
                fault("minus", "a", 1));
    }

    @Test
    void refusesNumbersThatWouldFillTheMemory() {
        assertEquals(
                "eval_builtin_error: plus: number has too many digits to compute with",
                fault("plus", json("1e999999"), 1));
    }
}
