package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// [TypeBuiltins], [UnitBuiltins] and [VersionBuiltins].
class TypeBuiltinsTest {
    @Test
    void namesTypes() {
        assertEquals("\"set\"", text("type_name", set()));
        assertEquals("true", text("is_null", json("null")));
        assertEquals("false", text("is_boolean", 1));
        assertEquals("{1}", text("cast_set", json("[1, 1]")));
        assertEquals("[1]", text("cast_array", set(1)));
        assertEquals(
                "eval_type_error: cast_string: operand 1 must be string but got number",
                fault("cast_string", 1));
    }

    @Test
    void readsNumbersAsGoDoes() {
        assertEquals("3.5", text("to_number", "+3.50"));
        assertEquals("1", text("to_number", true));
        assertEquals("0", text("to_number", json("null")));
        assertEquals("0.5", text("to_number", ".5"));
        assertEquals("0.5", text("to_number", "0x1p-1"));
        assertEquals(
                "eval_builtin_error: to_number: strconv.ParseFloat: parsing \"broken\": invalid"
                        + " syntax",
                fault("to_number", "broken"));
        assertEquals(
                "eval_builtin_error: to_number: strconv.ParseFloat: parsing \" 1\": invalid syntax",
                fault("to_number", " 1"));
        assertEquals(
                "eval_builtin_error: to_number: strconv.ParseFloat: parsing \"1e400\": value out of"
                        + " range",
                fault("to_number", "1e400"));
        assertEquals(
                "eval_type_error: to_number: operand 1 must be valid number string but got string",
                fault("to_number", "-Infinity"));
        assertEquals(
                "eval_type_error: to_number: operand 1 must be one of {null, boolean, number,"
                        + " string} but got array",
                fault("to_number", json("[]")));
    }

    @Test
    void readsAmounts() {
        assertEquals("0.5", text("units.parse", "0.0005K"));
        assertEquals("0.1", text("units.parse", "100m"));
        assertEquals("100000000", text("units.parse", "100M"));
        assertEquals("1126.4", text("units.parse", "1.1Ki"));
        assertEquals("109951162777600", text("units.parse", "\"100TI\""));
        assertEquals("-0.35", text("units.parse", "-3.5E2m"));
        assertEquals("10000000000000000000", text("units.parse", "10E"));
        assertEquals("1126", text("units.parse_bytes", "1.1KiB"));
        assertEquals("1100", text("units.parse_bytes", "1.1kB"));
        assertEquals("48318382080", text("units.parse_bytes", "4.5e1GiB"));
    }

    @Test
    void saysWhatIsWrongWithAmounts() {
        assertEquals(
                "eval_builtin_error: units.parse: units.parse: no amount provided",
                fault("units.parse", "foo"));
        assertEquals(
                "eval_builtin_error: units.parse: units.parse: spaces not allowed in resource"
                        + " strings",
                fault("units.parse", "1 k"));
        assertEquals(
                "eval_builtin_error: units.parse: units.parse: unit Kib not recognized",
                fault("units.parse", "1KIB"));
        assertEquals(
                "eval_builtin_error: units.parse_bytes: units.parse_bytes: could not parse byte"
                        + " amount to a number",
                fault("units.parse_bytes", "0.0.0"));
        assertEquals(
                "eval_builtin_error: units.parse_bytes: units.parse_bytes: byte unit foo not"
                        + " recognized",
                fault("units.parse_bytes", "1foo"));
        assertEquals(
                "eval_builtin_error: units.parse: units.parse: exponent too large",
                fault("units.parse", "1e9999999"));
    }

    @Test
    void ordersVersions() {
        assertEquals("1", text("semver.compare", "1.10.0", "1.9.0"));
        assertEquals("-1", text("semver.compare", "1.0.0-rc.2", "1.0.0-rc.10"));
        assertEquals("-1", text("semver.compare", "1.0.0-1", "1.0.0-a"));
        assertEquals("1", text("semver.compare", "1.0.0", "1.0.0-rc"));
        assertEquals("0", text("semver.compare", "v1.0.0+a", "1.0.0+b"));
        assertEquals("-1", text("semver.compare", "1.0.0-a", "1.0.0-a.b"));
        assertEquals(
                "eval_builtin_error: semver.compare: operand 2: string \"1\" is not a valid SemVer",
                fault("semver.compare", "1.0.0", "1"));
        assertEquals("false", text("semver.is_valid", 1));
        assertEquals("true", text("semver.is_valid", "1.1.12-rc1+foo"));
        assertEquals("false", text("semver.is_valid", "1.0.0-a_b"));
    }
}
