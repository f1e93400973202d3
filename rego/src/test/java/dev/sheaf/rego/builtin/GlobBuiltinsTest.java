package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// [GlobBuiltins] and [GlobPattern].
class GlobBuiltinsTest {
    @Test
    void stopsStarsAtDelimiters() {
        assertEquals(
                "false", text("glob.match", "*.github.com", json("[\".\"]"), "api.cdn.github.com"));
        assertEquals(
                "true", text("glob.match", "**.github.com", json("[\".\"]"), "api.cdn.github.com"));
        assertEquals("false", text("glob.match", "*", json("[]"), "foo.bar"));
        assertEquals("true", text("glob.match", "*", json("null"), "foo.bar\n"));
        assertEquals("true", text("glob.match", "*:b", json("[\":\"]"), "a.x:b"));
    }

    @Test
    void knowsClassesAndAlternatives() {
        assertEquals("true", text("glob.match", "{cat,bat,[fr]at}", json("[]"), "rat"));
        assertEquals("false", text("glob.match", "[!a-c]at", json("[]"), "bat"));
        assertEquals("true", text("glob.match", "a{b,c{d,*}}e", json("[]"), "acxe"));
        assertEquals("true", text("glob.match", "?", json("[]"), "😀"));
        assertEquals("true", text("glob.match", "\\*", json("[]"), "*"));
        assertEquals("false", text("glob.match", "\\*", json("[]"), "a"));
        assertEquals("true", text("glob.match", "a,b}", json("[]"), "a,b}"));
    }

    @Test
    void saysWhatIsNoGlob() {
        assertEquals(
                "eval_builtin_error: glob.match: unexpected end of input",
                fault("glob.match", "[a", json("[]"), "a"));
        assertEquals(
                "eval_builtin_error: glob.match: hi character 'a' should be greater than lo 'c'",
                fault("glob.match", "[c-a]", json("[]"), "a"));
        assertEquals(
                "eval_type_error: glob.match: operand 2 must be array of runes but got array"
                        + " containing string",
                fault("glob.match", "a", json("[\"ab\"]"), "a"));
        assertEquals(
                "eval_type_error: glob.match: operand 2 must be one of {array, null} but got"
                        + " string",
                fault("glob.match", "a", "b", "a"));
    }

    @Test
    void quotesWhatHasAMeaning() {
        assertEquals("\"\\\\*.github.com\"", text("glob.quote_meta", "*.github.com"));
        assertEquals(
                "true",
                text("glob.match", call("glob.quote_meta", "a{b}[c]?"), json("[]"), "a{b}[c]?"));
    }
}
