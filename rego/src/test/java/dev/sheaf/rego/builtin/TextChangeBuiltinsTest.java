package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// [TextChangeBuiltins].
class TextChangeBuiltinsTest {
    @Test
    void keepsTheNumberOfCharactersWhenCaseChanges() {
        assertEquals("\"Sß\"", text("upper", "sß"));
        assertEquals("\"åi\"", text("lower", "Åİ"));
    }

    @Test
    void trimsCodePoints() {
        assertEquals("\"foo\"", text("trim", "¡😀foo😀!", "😀!¡"));
        assertEquals("\"foo!\"", text("trim_left", "!foo!", "!"));
        assertEquals("\"!foo\"", text("trim_right", "!foo!", "!"));
        assertEquals("\"foo\"", text("trim_space", "\u2003\t foo\u0085\n"));
        assertEquals("\"foo\"", text("trim", "foo", ""));
        assertEquals("\"oo\"", text("trim_prefix", "foo", "f"));
        assertEquals("\"foo\"", text("trim_suffix", "foo", "x"));
    }

    @Test
    void replacesFromLeftToRight() {
        assertEquals(
                "\"xoobar\"",
                text("strings.replace_n", json("{\"f\": \"x\", \"foo\": \"xxx\"}"), "foobar"));
        assertEquals("\"XaX😀X\"", text("replace", "a😀", "", "X"));
        assertEquals(
                "\"ba\"", text("strings.replace_n", json("{\"a\": \"b\", \"b\": \"a\"}"), "ab"));
        assertEquals("\"a\"", text("replace", "a", "x", "y"));
        assertEquals(
                "eval_type_error: strings.replace_n: operand 1 non-string value found in pattern"
                        + " object",
                fault("strings.replace_n", json("{\"a\": 1}"), "x"));
    }

    @Test
    void reversesCharactersNotHalvesOfThem() {
        assertEquals("\"b😀a\"", text("strings.reverse", "a😀b"));
    }

    @Test
    void endsReplacementsThatGrowTooMuch() {
        String repeated = "a".repeat(100_000);
        assertThrows(
                BuiltinCalls.TooMuchWork.class, () -> call("replace", repeated, "a", repeated));
    }
}
