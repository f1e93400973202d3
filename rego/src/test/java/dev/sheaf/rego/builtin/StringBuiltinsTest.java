package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// [StringBuiltins].
class StringBuiltinsTest {
    @Test
    void countsPlacesInCodePoints() {
        assertEquals("1", text("indexof", "😀x", "x"));
        assertEquals("-1", text("indexof", "abc", "xyz"));
        assertEquals("[1, 3, 5]", text("indexof_n", "😇😀😇😀😇😀", "😀"));
        assertEquals("[0, 1]", text("indexof_n", "aaa", "aa"));
        assertEquals(
                "eval_builtin_error: indexof: empty search character", fault("indexof", "a", ""));
    }

    @Test
    void cutsSubstrings() {
        assertEquals("\"😀b\"", text("substring", "a😀bc", 1, 2));
        assertEquals("\"bc\"", text("substring", "abc", 1, -1));
        assertEquals("\"\"", text("substring", "abc", 3, 1));
        assertEquals("\"\"", text("substring", "", 0, 5));
        assertEquals("\"bc\"", text("substring", "abc", 1, Long.MAX_VALUE));
        assertEquals(
                "eval_builtin_error: substring: negative offset", fault("substring", "a", -1, 1));
        assertEquals(
                "eval_type_error: substring: operand 2 must be integer number but got"
                        + " floating-point number",
                fault("substring", "a", json("0.5"), 1));
    }

    @Test
    void splitsAtTextsOrIntoCharacters() {
        assertEquals("[\"a\", \"😀\"]", text("split", "a😀", ""));
        assertEquals("[]", text("split", "", ""));
        assertEquals("[\"\"]", text("split", "", "."));
        assertEquals("[\"\", \"a\", \"\"]", text("split", ".a.", "."));
    }

    @Test
    void concatenatesTextsOnly() {
        assertEquals("\"a/b\"", text("concat", "/", json("[\"a\", \"b\"]")));
        assertEquals("\"\"", text("concat", "/", set()));
        assertEquals(
                "eval_type_error: concat: operand 2 must be array of strings but got array"
                        + " containing number",
                fault("concat", "/", json("[\"a\", 1]")));
    }

    @Test
    void countsFindsThatDoNotOverlap() {
        assertEquals("2", text("strings.count", "11111", "11"));
        assertEquals("3", text("strings.count", "😀x", ""));
        assertEquals("0", text("strings.count", "", "x"));
    }

    @Test
    void matchesAnyPrefixOrSuffix() {
        assertEquals("true", text("strings.any_prefix_match", "a/b", set("a/", "c")));
        assertEquals("false", text("strings.any_suffix_match", json("[]"), ""));
        assertEquals(
                "eval_type_error: strings.any_suffix_match: operand 2 must be one of {string, set,"
                        + " array} but got number",
                fault("strings.any_suffix_match", "a", 1));
        assertEquals(
                "eval_type_error: strings.any_suffix_match: operand 2 must be array of strings but"
                        + " got array containing number",
                fault("strings.any_suffix_match", "a", json("[1]")));
    }
}
