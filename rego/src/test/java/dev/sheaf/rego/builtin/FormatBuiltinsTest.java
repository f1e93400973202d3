package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.Test;

/// [FormatBuiltins] and [GoFormat]; what is wanted was printed by Go.
class FormatBuiltinsTest {
    @Test
    void formatsNumbers() {
        assertEquals("\"hi 05\"", text("sprintf", "hi %02d", json("[5]")));
        assertEquals(
                "\"ff|FF|0x1f|0b101|0o17\"",
                text("sprintf", "%x|%X|%#x|%#b|%O", json("[255, 255, 31, 5, 15]")));
        assertEquals(
                "\"+5|   -5|-5   |-0005\"",
                text("sprintf", "%+d|%5d|%-5d|%05d", json("[5, -5, -5, -5]")));
        assertEquals(
                "\"3.14|3.141590e+00|1.0000000001e+06|1.2345675e+06\"",
                text(
                        "sprintf",
                        "%.2f|%e|%g|%v",
                        json("[3.14159, 3.14159, 1000000.0001, 1234567.5]")));
    }

    @Test
    void formatsNumbersBeyondSixtyFourBits() {
        assertEquals(
                "\"123456789123456789123\"",
                text("sprintf", "%s", json("[123456789123456789123]")));
        assertEquals("\"2e308\"", text("sprintf", "%v", json("[2e308]")));
    }

    @Test
    void formatsTextsAndRegoTexts() {
        assertEquals(
                "\"a [1, \\\"b\\\"] true null\"",
                text("sprintf", "%s %v %v %v", json("[\"a\", [1, \"b\"], true, null]")));
        assertEquals(
                "\"😀a|   😀|c3a4\"",
                text("sprintf", "%.2s|%4s|%x", json("[\"😀ab\", \"😀\", \"ä\"]")));
        assertEquals(StringValue.of("\"a\\n\""), call("sprintf", "%q", json("[\"a\\n\"]")));
    }

    @Test
    void showsMistakesInTheResult() {
        assertEquals("\"%!d(string=a)\"", text("sprintf", "%d", json("[\"a\"]")));
        assertEquals("\"%!s(int=5)\"", text("sprintf", "%s", json("[5]")));
        assertEquals("\"%!d(MISSING)\"", text("sprintf", "%d", json("[]")));
        assertEquals("\"x%!(EXTRA int=1, string=b)\"", text("sprintf", "x", json("[1, \"b\"]")));
        assertEquals("\"5%!(NOVERB)\"", text("sprintf", "%d%", json("[5]")));
        assertEquals("\"%!d(BADINDEX)\"", text("sprintf", "%[3]d", json("[5]")));
        assertEquals("\"%!z(float64=1.5)\"", text("sprintf", "%z", json("[1.5]")));
        assertEquals("\"%\"", text("sprintf", "%%", json("[]")));
    }

    @Test
    void takesArgumentsByTheirIndex() {
        assertEquals("\"2 1\"", text("sprintf", "%[2]d %[1]d", json("[1, 2]")));
        assertEquals("\"   12\"", text("sprintf", "%*d", json("[5, 12]")));
        assertEquals("\"int string\"", text("sprintf", "%T %T", json("[1, true]")));
    }

    @Test
    void formatsWholeParts() {
        assertEquals("\"f\"", text("format_int", json("15.5"), 16));
        assertEquals("\"-1111\"", text("format_int", -15, 2));
        assertEquals(
                "\"18446744073709551616\"", text("format_int", json("18446744073709551616"), 10));
        assertEquals(
                "eval_type_error: format_int: operand 2 must be one of {2, 8, 10, 16}",
                fault("format_int", 1, 7));
    }

    @Test
    void joinsTemplates() {
        assertEquals(
                "\"a 1 <undefined> {2} b\"",
                text(
                        "internal.template_string",
                        ArrayValue.of(
                                StringValue.of("a "),
                                set(1),
                                StringValue.of(" "),
                                set(),
                                StringValue.of(" "),
                                set(set(2)),
                                set(" b"))));
        assertEquals(
                "eval_builtin_error: internal.template_string: template-strings must not produce"
                        + " multiple outputs",
                fault("internal.template_string", ArrayValue.of(set(1, 2))));
    }
}
